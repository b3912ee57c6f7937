package oht50.metrics.template;

import java.util.List;
import oht50.metrics.template.TemplateToken.Kind;

/** Tokens with a look at the next two. */
final class TemplateTokens {
  private final List<TemplateToken> tokens;
  private int at;

  TemplateTokens(List<TemplateToken> tokens) {
    this.tokens = tokens;
  }

  TemplateToken peek() {
    return tokens.get(at);
  }

  TemplateToken peekSecond() {
    return tokens.get(Math.min(at + 1, tokens.size() - 1));
  }

  TemplateToken next() {
    TemplateToken token = tokens.get(at);
    at = Math.min(at + 1, tokens.size() - 1);
    return token;
  }

  boolean is(Kind kind) {
    return peek().kind() == kind;
  }

  boolean accept(Kind kind) {
    if (!is(kind)) {
      return false;
    }
    next();
    return true;
  }

  TemplateToken expect(Kind kind) throws InvalidTemplate {
    if (!is(kind)) {
      String wanted = new TemplateToken(kind, "", 0, false).words();
      throw fault("unexpected " + peek().words() + "; expected " + wanted);
    }
    return next();
  }

  /** A fault at the next token. */
  InvalidTemplate fault(String reason) {
    return new InvalidTemplate(peek().offset(), reason);
  }
}
