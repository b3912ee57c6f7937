package oht50.metrics.cli.output;

import java.util.List;

/**
 * A query's answer.
 *
 * @param numeric per column: whether it holds numbers
 * @param rows row -> column -> value: null, Boolean, Number, or anything printed by toString
 */
public record Rows(List<String> columns, List<Boolean> numeric, List<List<Object>> rows) {}
