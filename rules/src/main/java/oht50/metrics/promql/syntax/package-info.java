/**
 * Expressions as text and as trees: lexer, parser with type check, printer. {@code
 * parse(print(e)).equals(e)}.
 */
package oht50.metrics.promql.syntax;
