package dev.guestlist.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLSocketFactory;

/// Encrypts a test server's connections, each with the certificate that it has at that moment.
public final class ChangingCertificate extends SSLSocketFactory {
  private final AtomicReference<SSLSocketFactory> now;

  public ChangingCertificate(SSLSocketFactory first) {
    this.now = new AtomicReference<>(first);
  }

  /// From the next connection on, the server shows this one.
  public void changeTo(SSLSocketFactory next) {
    now.set(next);
  }

  @Override
  public Socket createSocket(Socket socket, String host, int port, boolean close)
      throws IOException {
    return now.get().createSocket(socket, host, port, close);
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return now.get().getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return now.get().getSupportedCipherSuites();
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return now.get().createSocket(host, port);
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return now.get().createSocket(host, port, local, localPort);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return now.get().createSocket(host, port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return now.get().createSocket(host, port, local, localPort);
  }
}
