package oht50.metrics.source.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever a target sends is read, or refused in one way. */
class MutatedExpositionsTest {
  private static final int TEXTS = 50_000;

  private static final List<String> SEEDS =
      List.of(
          "# TYPE a counter\n# HELP a x\\n\na_total{b=\"c\\\"d\",e=\"\u00fc\"} 1.5e3 12.5 # {t=\"u\"} 1 2\na_created{b=\"c\"} 1\n# EOF\n",
          "# TYPE h histogram\nh_bucket{le=\"-1.0\"} 0\nh_bucket{le=\"+Inf\"} 3\n# TYPE s summary\ns{quantile=\"0.5\"} NaN\ns_count 1\ns_sum 2\n# EOF\n",
          "# TYPE x_u gauge\n# UNIT x_u u\nx_u -Inf -1.1\n# TYPE i info\ni_info{v=\"1\"} 1\n# TYPE st stateset\nst{st=\"on\"} 1\n# EOF\n",
          "# TYPE name counter\nname {labelname=\"val2\",basename=\"base\\\"v\\\\al\\nue\"} 0.23 1234567890\n #  HELP name2  doc\nname2{ l = \"v\" , }-Inf\n");

  private static final byte[] FAVOURITES =
      "{}\"\\,=# \t\n\0+-.eENaInf0123456789_:".getBytes(StandardCharsets.US_ASCII);

  @Test
  void nothingIsThrownButThatItIsInvalid() {
    Random random = new Random(17);
    int read = 0;
    for (int i = 0; i < TEXTS; i++) {
      byte[] text = mutated(SEEDS.get(i % SEEDS.size()), random);
      for (ExpositionFormat format : ExpositionFormat.values()) {
        try {
          Reading.read(format, text, Reading.LIMITS);
          read++;
        } catch (InvalidExposition e) {
          assertThat(e.getMessage()).startsWith("line ");
        } catch (RuntimeException | Error e) {
          throw new AssertionError(
              format + " of " + new String(text, StandardCharsets.ISO_8859_1), e);
        }
      }
    }
    assertThat(read).isGreaterThan(TEXTS / 50); // else nothing but refusals would be shown
  }

  private static byte[] mutated(String seed, Random random) {
    byte[] text = seed.getBytes(StandardCharsets.UTF_8);
    for (int n = 1 + random.nextInt(3); n > 0 && text.length > 0; n--) {
      int at = random.nextInt(text.length);
      byte other =
          random.nextBoolean()
              ? FAVOURITES[random.nextInt(FAVOURITES.length)]
              : (byte) random.nextInt(256);
      int width = 1 + random.nextInt(4);
      text =
          switch (random.nextInt(4)) {
            case 0 -> spliced(text, at, at, new byte[] {other});
            case 1 -> spliced(text, at, Math.min(text.length, at + width), new byte[0]);
            case 2 -> spliced(text, at, at + 1, new byte[] {other});
            default -> java.util.Arrays.copyOf(text, at);
          };
    }
    return text;
  }

  private static byte[] spliced(byte[] text, int from, int to, byte[] between) {
    byte[] result = new byte[from + between.length + text.length - to];
    System.arraycopy(text, 0, result, 0, from);
    System.arraycopy(between, 0, result, from, between.length);
    System.arraycopy(text, to, result, from + between.length, text.length - to);
    return result;
  }
}
