package oht50.metrics.template;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import oht50.metrics.template.TemplateToken.Kind;

/** Tokens to a tree: text, actions, and blocks from their first word to {@code end}. */
final class TemplateParser {
  private static final Set<String> ENDS = Set.of("end", "else");

  /** Deeper ones would end a thread with a small stack. */
  private static final int DEEPEST = 100;

  private final TemplateTokens tokens;
  private final TemplateScope scope = new TemplateScope();
  private final PipelineParser pipelines;
  private final Map<String, List<Node>> definitions = new HashMap<>();
  private final Map<String, Integer> invocations = new HashMap<>(); // name -> offset of the first
  private int loops;
  private int depth;

  private TemplateParser(TemplateTokens tokens) {
    this.tokens = tokens;
    this.pipelines = new PipelineParser(tokens, scope);
  }

  static ParsedTemplate parse(String text) throws InvalidTemplate {
    TemplateParser parser = new TemplateParser(new TemplateTokens(TemplateLexer.tokens(text)));
    List<Node> nodes = parser.nodes();
    if (!parser.tokens.is(Kind.END)) {
      throw parser.tokens.fault("there is nothing that this ends");
    }
    for (Map.Entry<String, Integer> invocation : parser.invocations.entrySet()) {
      if (!parser.definitions.containsKey(invocation.getKey())) {
        throw new InvalidTemplate(
            invocation.getValue(), "there is no definition of '" + invocation.getKey() + "'");
      }
    }
    return new ParsedTemplate(nodes, Map.copyOf(parser.definitions), parser.scope.unknownField());
  }

  /** Everything up to the end of the text or an {@code end} or {@code else}, which are left. */
  private List<Node> nodes() throws InvalidTemplate {
    if (++depth > DEEPEST) {
      throw tokens.fault("more than " + DEEPEST + " blocks in one another");
    }
    List<Node> nodes = new ArrayList<>();
    while (!tokens.is(Kind.END) && !isBlockEnd()) {
      if (tokens.is(Kind.TEXT)) {
        nodes.add(new Node.Literal(tokens.next().text()));
      } else {
        action(nodes);
      }
    }
    depth--;
    return nodes;
  }

  private boolean isBlockEnd() {
    return tokens.is(Kind.LEFT_DELIMITER) && ENDS.contains(tokens.peekSecond().text());
  }

  private void action(List<Node> nodes) throws InvalidTemplate {
    tokens.expect(Kind.LEFT_DELIMITER);
    TemplateToken word = tokens.peek();
    switch (word.kind() == Kind.WORD ? word.text() : "") {
      case "if", "with" -> nodes.add(condition(tokens.next().text()));
      case "range" -> nodes.add(loop());
      case "break", "continue" -> nodes.add(leave());
      case "define" -> define();
      case "template" -> nodes.add(invocation());
      case "block" -> throw tokens.fault("'block' is left out; write define and template");
      default -> {
        Pipeline pipeline = pipelines.pipeline(false);
        tokens.expect(Kind.RIGHT_DELIMITER);
        nodes.add(new Node.Action(pipeline));
      }
    }
  }

  private Node condition(String word) throws InvalidTemplate {
    boolean isWith = word.equals("with");
    int mark = scope.mark();
    Pipeline pipeline = pipelines.pipeline(false);
    tokens.expect(Kind.RIGHT_DELIMITER);
    boolean isRootOutside = scope.enterDot(isWith);
    List<Node> then = nodes();
    scope.leaveDot(isRootOutside);
    List<Node> otherwise = otherwise();
    scope.release(mark);
    return new Node.Condition(pipeline, isWith, then, otherwise);
  }

  /** What follows {@code else}, or nothing; {@code else if} is a condition in its place. */
  private List<Node> otherwise() throws InvalidTemplate {
    blockEnd();
    TemplateToken word = tokens.next();
    if (word.isWord("end")) {
      tokens.expect(Kind.RIGHT_DELIMITER);
      return List.of();
    }
    if (tokens.peek().isWord("if") || tokens.peek().isWord("with")) {
      depth++;
      List<Node> nodes = List.of(condition(tokens.next().text()));
      depth--;
      return nodes;
    }
    tokens.expect(Kind.RIGHT_DELIMITER);
    List<Node> nodes = nodes();
    end();
    return nodes;
  }

  private void end() throws InvalidTemplate {
    blockEnd();
    if (!tokens.next().isWord("end")) {
      throw tokens.fault("expected 'end' before this");
    }
    tokens.expect(Kind.RIGHT_DELIMITER);
  }

  private void blockEnd() throws InvalidTemplate {
    if (!isBlockEnd()) {
      throw tokens.fault("a block has no end; write '{{ end }}' behind it");
    }
    tokens.next();
  }

  private Node loop() throws InvalidTemplate {
    tokens.next();
    int mark = scope.mark();
    Pipeline pipeline = pipelines.pipeline(true);
    tokens.expect(Kind.RIGHT_DELIMITER);
    boolean isRootOutside = scope.enterDot(true);
    loops++;
    List<Node> body = nodes();
    loops--;
    scope.leaveDot(isRootOutside);
    blockEnd();
    List<Node> otherwise = List.of();
    boolean isElse = tokens.next().isWord("else");
    tokens.expect(Kind.RIGHT_DELIMITER);
    if (isElse) {
      otherwise = nodes();
      end();
    }
    scope.release(mark);
    return new Node.Loop(pipeline, body, otherwise);
  }

  private Node leave() throws InvalidTemplate {
    if (loops == 0) {
      throw tokens.fault("'" + tokens.peek().text() + "' is of a range, and there is none around");
    }
    boolean isBreak = tokens.next().isWord("break");
    tokens.expect(Kind.RIGHT_DELIMITER);
    return new Node.Leave(isBreak);
  }

  private void define() throws InvalidTemplate {
    TemplateToken word = tokens.next();
    String name = tokens.expect(Kind.STRING).text();
    tokens.expect(Kind.RIGHT_DELIMITER);
    TemplateScope.Outside outside = scope.enterDefinition();
    int loopsOutside = loops;
    loops = 0;
    List<Node> nodes = nodes();
    loops = loopsOutside;
    scope.leaveDefinition(outside);
    end();
    if (definitions.put(name, nodes) != null) {
      throw new InvalidTemplate(word.offset(), "'" + name + "' is defined twice");
    }
  }

  private Node invocation() throws InvalidTemplate {
    TemplateToken word = tokens.next();
    String name = tokens.expect(Kind.STRING).text();
    invocations.putIfAbsent(name, word.offset());
    Pipeline pipeline = tokens.is(Kind.RIGHT_DELIMITER) ? null : pipelines.pipeline(false);
    tokens.expect(Kind.RIGHT_DELIMITER);
    return new Node.Invocation(name, pipeline);
  }
}
