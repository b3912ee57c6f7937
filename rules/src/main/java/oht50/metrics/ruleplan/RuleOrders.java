package oht50.metrics.ruleplan;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * In which order the rules of a plan are evaluated at a tick: in that of the set that was valid
 * then, also when a later one has turned it round; what was not valid comes first. A rule's number
 * is its place among all of the plan.
 */
public final class RuleOrders implements Serializable {
  private static final long serialVersionUID = 1L;

  /** At all ticks in that of their numbers. */
  public static final RuleOrders OF_NUMBERS = new RuleOrders(new TreeMap<>());

  private final NavigableMap<Long, Order> since; // tick from which on -> order

  private RuleOrders(NavigableMap<Long, Order> since) {
    this.since = since;
  }

  /**
   * @param orders tick from which on it is so -> all rules in their order; the first since ever
   * @param numbered the same in the order of their numbers
   */
  static <T> RuleOrders of(SortedMap<Long, List<T>> orders, Collection<T> numbered) {
    List<T> all = List.copyOf(numbered);
    if (orders.values().stream().allMatch(all::equals)) {
      return OF_NUMBERS;
    }
    NavigableMap<Long, Order> since = new TreeMap<>();
    orders.forEach((tick, order) -> since.put(tick, Order.of(order, all)));
    return new RuleOrders(since);
  }

  public Order at(long tick) {
    Map.Entry<Long, Order> valid = since.floorEntry(tick);
    return valid == null ? Order.OF_NUMBERS : valid.getValue();
  }

  /** The ticks from which on it may be another one. */
  public List<Long> changes() {
    return since.keySet().stream().skip(1).toList();
  }

  /** An order of rules. */
  public static final class Order implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final Order OF_NUMBERS = new Order(null);

    private final int[] places; // by number; null where they are the numbers

    private Order(int[] places) {
      this.places = places;
    }

    private static <T> Order of(List<T> order, List<T> numbered) {
      int[] places = new int[numbered.size()];
      Arrays.setAll(places, number -> order.indexOf(numbered.get(number)));
      return new Order(places);
    }

    /**
     * @param one number of a rule; negative for what is none, which comes before all
     */
    public boolean isBefore(int one, int other) {
      return one < 0 || place(one) < place(other);
    }

    private int place(int number) {
      return places == null ? number : places[number];
    }

    /**
     * @param rules by number
     */
    public <T> List<T> sorted(List<T> rules) {
      return places == null
          ? rules
          : IntStream.range(0, rules.size())
              .boxed()
              .sorted(Comparator.comparingInt(this::place))
              .map(rules::get)
              .toList();
    }
  }
}
