package oht50.metrics.promql.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuotingTest {
  @Test
  void readsGoStrings() {
    assertThat(Quoting.unquote("\"a\\tb\\\\\\\"\"")).isEqualTo("a\tb\\\"");
    assertThat(Quoting.unquote("'\\'\"'")).isEqualTo("'\"");
    assertThat(Quoting.unquote("`\\n\"`")).isEqualTo("\\n\"");
    assertThat(Quoting.unquote("\"\\xc3\\xa4 \\303\\244 \\u00e4 \\U0001F916\""))
        .isEqualTo("ä ä ä 🤖");
  }

  @Test
  void bytesThatAreNoTextSurvive() {
    String bytes = Quoting.unquote("\"a\\xc5z\"");
    assertThat(Quoting.isUtf8(bytes)).isFalse();
    assertThat(Quoting.quote(bytes)).isEqualTo("\"a\\xc5z\"");
    assertThat(Quoting.isUtf8("ä🤖")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\nb\t\"\\", "ä🤖", "\u0007\u000b\u007f", "two words"})
  void whatIsQuotedIsReadAsItWas(String text) {
    assertThat(Quoting.unquote(Quoting.quote(text))).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "\"",
        "\"a'",
        "\"a\"b\"",
        "\"\\'\"",
        "\"\\x4\"",
        "\"\\777\"",
        "\"\\ud800\""
      })
  void refusesWhatIsNoString(String text) {
    assertThatThrownBy(() -> Quoting.unquote(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
