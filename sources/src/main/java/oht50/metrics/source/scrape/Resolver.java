package oht50.metrics.source.scrape;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Names to addresses. */
interface Resolver {
  InetAddress[] resolve(String host) throws UnknownHostException;
}
