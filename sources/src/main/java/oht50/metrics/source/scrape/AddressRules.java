package oht50.metrics.source.scrape;

import java.io.Serializable;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which addresses may be scraped. A list of targets is written by many, and the machine that
 * scrapes has neighbours that must not be asked: the metadata services of clouds hand out
 * credentials. Link local, multicast and metadata addresses are refused unless they are listed.
 */
public final class AddressRules implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Of AWS and Google over IPv6, Alibaba, Azure and Oracle; the rest of them are link local. */
  private static final Set<InetAddress> METADATA =
      Set.of(
          literal("fd00:ec2::254"),
          literal("fd20:ce::254"),
          literal("100.100.100.200"),
          literal("168.63.129.16"),
          literal("192.0.0.192"));

  private static final byte[] NAT64 = Arrays.copyOf(literal("64:ff9b::").getAddress(), 12);

  private final HashSet<InetAddress> allowed = new HashSet<>();

  /**
   * @param allowed addresses that may be scraped whatever they are
   * @throws IllegalArgumentException if one is not an address
   */
  public AddressRules(List<String> allowed) {
    allowed.forEach(address -> this.allowed.add(literal(address)));
  }

  private static InetAddress literal(String address) {
    boolean isLiteral =
        !address.isEmpty()
            && address.chars().allMatch(c -> Character.digit(c, 16) >= 0 || c == '.' || c == ':')
            && (address.indexOf(':') >= 0 || address.chars().filter(c -> c == '.').count() == 3);
    try {
      if (isLiteral) {
        return InetAddress.getByName(address); // looks nothing up
      }
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("'" + address + "' is not an address", e);
    }
    throw new IllegalArgumentException(
        "'" + address + "' is not an address; write it like 169.254.1.2 or fe80::1");
  }

  boolean refuses(InetAddress address) {
    if (allowed.contains(address)) {
      return false;
    }
    return address.isLinkLocalAddress()
        || address.isMulticastAddress()
        || METADATA.contains(address)
        || (address instanceof Inet6Address six && refusesWithin(six));
  }

  /** An address of IPv4 may be written as one of IPv6. */
  private boolean refusesWithin(Inet6Address address) {
    byte[] bytes = address.getAddress();
    boolean embedded =
        address.isIPv4CompatibleAddress() || Arrays.equals(bytes, 0, 12, NAT64, 0, 12);
    return embedded && refuses(ofIpv4(Arrays.copyOfRange(bytes, 12, 16)));
  }

  private static InetAddress ofIpv4(byte[] bytes) {
    try {
      return Inet4Address.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }
}
