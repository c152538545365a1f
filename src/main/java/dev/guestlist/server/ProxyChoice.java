package dev.guestlist.server;

import dev.guestlist.model.Connection.Proxying;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/// The way through the network that a connection asks for. Nothing on this computer itself is ever
/// asked for through a proxy.
final class ProxyChoice extends ProxySelector {
  private static final List<Proxy> DIRECT = List.of(Proxy.NO_PROXY);

  private final Proxying proxying;

  ProxyChoice(Proxying proxying) {
    this.proxying = proxying;
  }

  @Override
  public List<Proxy> select(URI address) {
    if (Loopback.is(address.getHost())) {
      return DIRECT;
    }
    return switch (proxying) {
      case Proxying.None ignored -> DIRECT;
      case Proxying.OfSystem ignored -> ofSystem(address);
      case Proxying.Through through ->
          List.of(
              new Proxy(
                  Proxy.Type.HTTP,
                  InetSocketAddress.createUnresolved(through.host(), through.port())));
    };
  }

  private static List<Proxy> ofSystem(URI address) {
    List<Proxy> found =
        Optional.ofNullable(ProxySelector.getDefault())
            .map(selector -> selector.select(address))
            .orElse(DIRECT);
    return found.isEmpty() ? DIRECT : found;
  }

  @Override
  public void connectFailed(URI address, SocketAddress proxy, IOException failure) {
    if (proxying instanceof Proxying.OfSystem) {
      Optional.ofNullable(ProxySelector.getDefault())
          .ifPresent(selector -> selector.connectFailed(address, proxy, failure));
    }
  }
}
