package oht50.metrics.promql.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever is typed is an expression or has a fault with a place inside it. */
class MutatedExpressionsTest {
  private static final String[] PIECES = {
    "(",
    ")",
    "{",
    "}",
    "[",
    "]",
    "[5m:",
    "\"",
    "'",
    "`",
    "\\",
    "#",
    "\n",
    ",",
    ":",
    "@",
    "=~",
    "!",
    " offset ",
    " on ",
    " bool ",
    " group_left ",
    "sum",
    "rate(",
    "1e",
    "0x",
    "5m",
    ".",
    "-",
    "^",
    "ä",
    "\ud83e",
    "\0",
    "start()",
    "Inf",
    " by ",
    "and"
  };

  @Test
  void eitherWay() {
    Random random = new Random(13);
    RandomExpressions expressions = new RandomExpressions(17);
    int valid = 0;
    int rounds = 20_000;
    for (int i = 0; i < rounds; i++) {
      String text = mutated(ExprPrinter.print(expressions.any(3)), random);
      try {
        Expr expr = Parser.parse(text);
        valid++;
        assertThat(ExprPrinter.print(expr)).as(text).isEqualTo(printedAgain(expr));
      } catch (InvalidExpression e) {
        assertThat(e.place().line()).as(text).isBetween(1, (int) text.lines().count() + 1);
        assertThat(e.place().column()).as(text).isBetween(1, text.length() + 1);
        assertThat(e.getMessage()).doesNotContain("\n");
      }
    }
    assertThat(valid).isBetween(rounds / 50, rounds / 2);
  }

  private static String printedAgain(Expr expr) throws InvalidExpression {
    return ExprPrinter.print(Parser.parse(ExprPrinter.print(expr)));
  }

  private static String mutated(String text, Random random) {
    StringBuilder mutated = new StringBuilder(text);
    for (int i = random.nextInt(3); i >= 0; i--) {
      int at = random.nextInt(mutated.length() + 1);
      int end = Math.min(mutated.length(), at + random.nextInt(4));
      boolean isInserted = random.nextBoolean();
      mutated.replace(at, end, isInserted ? PIECES[random.nextInt(PIECES.length)] : "");
    }
    return mutated.toString();
  }
}
