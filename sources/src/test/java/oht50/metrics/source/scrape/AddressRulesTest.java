package oht50.metrics.source.scrape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRulesTest {
  private static final AddressRules RULES = new AddressRules(List.of());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "169.254.169.254",
        "169.254.0.1",
        "fe80::1",
        "febf::1",
        "224.0.0.1",
        "ff02::1",
        "fd00:ec2::254",
        "fd20:ce::254",
        "168.63.129.16",
        "192.0.0.192",
        "100.100.100.200",
        "::ffff:169.254.169.254",
        "::169.254.169.254",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b::100.100.100.200"
      })
  void isRefused(String address) throws Exception {
    assertThat(RULES.refuses(InetAddress.getByName(address))).isTrue();
    assertThat(new AddressRules(List.of(address)).refuses(InetAddress.getByName(address)))
        .as("when it is listed")
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "10.0.0.1",
        "192.168.1.1",
        "169.253.1.1",
        "100.100.100.201",
        "::1",
        "fd00:ec2::253",
        "2001:db8::1",
        "64:ff9b::a00:1"
      })
  void isScraped(String address) throws Exception {
    assertThat(RULES.refuses(InetAddress.getByName(address))).isFalse();
  }

  @Test
  void aNameIsNoAddress() {
    for (String text :
        List.of("", "localhost", "metadata.google.internal", "1.2.3", "fe80::x", "1:2")) {
      assertThatThrownBy(() -> new AddressRules(List.of(text)))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'" + text + "' is not an address");
    }
  }
}
