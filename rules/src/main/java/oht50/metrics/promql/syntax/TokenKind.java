package oht50.metrics.promql.syntax;

/** What a token is; words are names and keywords alike, the parser knows which. */
enum TokenKind {
  NUMBER("a number"),
  DURATION("a duration"),
  STRING("a string"),
  WORD("a name"),
  /** A name with a colon in it, which only metrics may have. */
  METRIC("the name of a metric"),
  LEFT_PAREN("'('"),
  RIGHT_PAREN("')'"),
  LEFT_BRACE("'{'"),
  RIGHT_BRACE("'}'"),
  LEFT_BRACKET("'['"),
  RIGHT_BRACKET("']'"),
  COMMA("','"),
  COLON("':'"),
  AT("'@'"),
  ADD("'+'"),
  SUB("'-'"),
  MUL("'*'"),
  DIV("'/'"),
  MOD("'%'"),
  POW("'^'"),
  EQUALS("'=='"),
  NOT_EQUALS("'!='"),
  LESS("'<'"),
  LESS_OR_EQUAL("'<='"),
  GREATER("'>'"),
  GREATER_OR_EQUAL("'>='"),
  TRIM_UPPER("'</'"),
  TRIM_LOWER("'>/'"),
  ASSIGN("'='"),
  REGEX("'=~'"),
  NOT_REGEX("'!~'"),
  END("the end of the expression");

  private final String words;

  TokenKind(String words) {
    this.words = words;
  }

  /** Whether tokens of this kind differ in their text. */
  boolean hasOwnText() {
    return !words.startsWith("'") && this != END;
  }

  @Override
  public String toString() {
    return words;
  }
}
