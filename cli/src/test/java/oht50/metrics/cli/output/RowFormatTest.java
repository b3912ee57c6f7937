package oht50.metrics.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowFormatTest {
  private static final Rows ROWS =
      new Rows(
          List.of("name", "value"),
          List.of(false, true),
          List.of(
              Arrays.<Object>asList("say \"hi\", ü", 1.5),
              Arrays.<Object>asList(null, Double.NaN)));
  private static final Rows EMPTY = new Rows(List.of("a"), List.of(true), List.of());

  @Test
  void tableAlignsNumbersRight() {
    assertThat(RowFormat.TABLE.print(ROWS))
        .isEqualTo(
            """
             name        | value
            -------------+------
             say "hi", ü |   1.5
                         |   NaN
            (2 rows)
            """);
  }

  @Test
  void csvFollowsRfc4180() {
    assertThat(RowFormat.CSV.print(ROWS))
        .isEqualTo("name,value\r\n\"say \"\"hi\"\", ü\",1.5\r\n,NaN\r\n");
    Rows texts =
        new Rows(
            List.of("a", "b"),
            List.of(false, false),
            List.of(Arrays.<Object>asList("", "line\nbreak"), Arrays.<Object>asList(null, "x")));
    assertThat(RowFormat.CSV.print(texts)).isEqualTo("a,b\r\n\"\",\"line\nbreak\"\r\n,x\r\n");
  }

  @Test
  void jsonWritesWhatJsonLacksAsText() {
    assertThat(RowFormat.JSON.print(ROWS))
        .isEqualTo(
            "[\n{\"name\":\"say \\\"hi\\\", ü\",\"value\":1.5},\n{\"name\":null,\"value\":\"NaN\"}\n]\n");
    Rows kinds =
        new Rows(
            List.of("n", "b", "j", "i"),
            List.of(true, false, false, true),
            List.of(
                List.of(
                    new BigDecimal("1E+3"),
                    true,
                    new RawJson("{\"k\": [1]}"),
                    Double.NEGATIVE_INFINITY)));
    assertThat(RowFormat.JSON.print(kinds))
        .isEqualTo("[\n{\"n\":1000,\"b\":true,\"j\":{\"k\": [1]},\"i\":\"-Infinity\"}\n]\n");
  }

  @Test
  void nothingIsPrintedAsNothing() {
    assertThat(RowFormat.TABLE.print(EMPTY)).isEqualTo(" a\n--\n(0 rows)\n");
    assertThat(RowFormat.CSV.print(EMPTY)).isEqualTo("a\r\n");
    assertThat(RowFormat.JSON.print(EMPTY)).isEqualTo("[]\n");
  }
}
