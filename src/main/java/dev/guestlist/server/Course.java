package dev.guestlist.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.time.Duration;
import java.util.Optional;
import okhttp3.EventListener;
import okhttp3.Handshake;
import okhttp3.Protocol;
import org.jspecify.annotations.Nullable;

/// How far one call came, and when. Nothing was sent as long as its headers were not begun.
final class Course extends EventListener {
  private final long start = System.nanoTime();
  private volatile boolean connected;
  private volatile boolean sent;
  private volatile boolean proxyStands;
  private volatile @Nullable InetSocketAddress proxy;
  private volatile @Nullable Duration reached;
  private volatile @Nullable Duration encrypted;

  /// Whether a new connection was begun for it.
  boolean connected() {
    return connected;
  }

  /// Whether the server may have seen something of it.
  boolean sent() {
    return sent;
  }

  /// How long it took until a connection to the host stood, encryption not yet counted.
  Optional<Duration> reached() {
    return Optional.ofNullable(reached);
  }

  /// How long it took until that connection was encrypted and the certificate accepted.
  Optional<Duration> encrypted() {
    return Optional.ofNullable(encrypted);
  }

  /// The proxy that it went through, or tried to: host and port.
  Optional<String> proxy() {
    return Optional.ofNullable(proxy).map(it -> it.getHostString() + ":" + it.getPort());
  }

  /// Whether it ended before the proxy itself answered.
  boolean proxyIsAway() {
    return proxy != null && !proxyStands && reached == null;
  }

  /// The proxy asked who is there.
  void proxyAnswered() {
    proxyStands = true;
  }

  Duration passed() {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  @Override
  public void connectStart(okhttp3.Call call, InetSocketAddress address, Proxy through) {
    connected = true;
    proxy = through.address() instanceof InetSocketAddress there ? there : null;
  }

  @Override
  public void secureConnectStart(okhttp3.Call call) {
    proxyStands = true;
    if (reached == null) {
      reached = passed();
    }
  }

  @Override
  public void secureConnectEnd(okhttp3.Call call, @Nullable Handshake handshake) {
    if (encrypted == null) {
      encrypted = passed();
    }
  }

  @Override
  public void connectEnd(
      okhttp3.Call call, InetSocketAddress address, Proxy through, @Nullable Protocol protocol) {
    if (reached == null) {
      reached = passed();
    }
  }

  @Override
  public void connectFailed(
      okhttp3.Call call,
      InetSocketAddress address,
      Proxy through,
      @Nullable Protocol protocol,
      IOException failure) {
    // a proxy that says no to the connection has answered
    if (failure.getMessage() != null && failure.getMessage().contains("CONNECT")) {
      proxyStands = true;
    }
  }

  @Override
  public void requestHeadersStart(okhttp3.Call call) {
    sent = true;
  }
}
