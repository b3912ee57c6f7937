package oht50.metrics.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TextTest {
  @Test
  void nulAndLoneSurrogatesAreReplaced() {
    assertThat(Text.sanitise("a\0b")).isEqualTo("a\ufffdb");
    assertThat(Text.sanitise("\ud800")).isEqualTo("\ufffd");
    assertThat(Text.sanitise("\udc00x\ud83d\ude00")).isEqualTo("\ufffdx\ud83d\ude00");
  }

  @Test
  void cleanTextIsLeftAlone() {
    String clean = "xe \u0111\u1ea9y";

    assertThat(Text.sanitise(clean)).isSameAs(clean);
  }

  @Test
  void anExcerptIsNotCutInsideACharacter() {
    byte[] bytes = "ab\u0111\ud83d\ude00z".getBytes(StandardCharsets.UTF_8); // 1 1 2 4 1 bytes

    assertThat(Text.decodeFirst(bytes, 3)).isEqualTo("ab");
    assertThat(Text.decodeFirst(bytes, 4)).isEqualTo("ab\u0111");
    assertThat(Text.decodeFirst(bytes, 7)).isEqualTo("ab\u0111");
    assertThat(Text.decodeFirst(bytes, 8)).isEqualTo("ab\u0111\ud83d\ude00");
    assertThat(Text.decodeFirst(bytes, 100)).isEqualTo("ab\u0111\ud83d\ude00z");
  }
}
