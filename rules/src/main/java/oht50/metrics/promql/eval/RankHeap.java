package oht50.metrics.promql.eval;

import java.util.Arrays;

/**
 * The best values so far, the worst of them on top. Moves elements as Go's {@code container/heap}
 * does, so that among equal values the same series stay as in Prometheus.
 */
final class RankHeap {
  private final int capacity;
  private final boolean isLargest;
  private double[] values = new double[8];
  private int[] series = new int[8];
  private int size;

  RankHeap(int capacity, boolean isLargest) {
    this.capacity = capacity;
    this.isLargest = isLargest;
  }

  void offer(int index, double value) {
    if (size < capacity) {
      append(index, value);
      up(size - 1);
    } else if (isBetter(value, values[0])) {
      series[0] = index;
      values[0] = value;
      down();
    }
  }

  private void append(int index, double value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
      series = Arrays.copyOf(series, 2 * size);
    }
    series[size] = index;
    values[size] = value;
    size++;
  }

  private boolean isBetter(double value, double other) {
    boolean isBeyond = isLargest ? value > other : value < other;
    return isBeyond || (Double.isNaN(other) && !Double.isNaN(value));
  }

  /** Whether an element belongs nearer to the top; NaN always does. */
  private boolean isWorse(int left, int right) {
    boolean isBelow = isLargest ? values[left] < values[right] : values[left] > values[right];
    return Double.isNaN(values[left]) || isBelow;
  }

  private void up(int from) {
    int child = from;
    while (child > 0) {
      int parent = (child - 1) / 2;
      if (!isWorse(child, parent)) {
        return;
      }
      swap(child, parent);
      child = parent;
    }
  }

  private void down() {
    int parent = 0;
    while (2 * parent + 1 < size) {
      int child = 2 * parent + 1;
      if (child + 1 < size && isWorse(child + 1, child)) {
        child++;
      }
      if (!isWorse(child, parent)) {
        return;
      }
      swap(child, parent);
      parent = child;
    }
  }

  private void swap(int left, int right) {
    double value = values[left];
    values[left] = values[right];
    values[right] = value;
    int index = series[left];
    series[left] = series[right];
    series[right] = index;
  }

  /** The series from the best to the worst; equal ones as they lie in the heap. */
  int[] ranked() {
    Integer[] places = new Integer[size];
    Arrays.setAll(places, i -> i);
    Arrays.sort(places, this::compare);
    int[] ranked = new int[size];
    Arrays.setAll(ranked, i -> series[places[i]]);
    return ranked;
  }

  private int compare(int left, int right) {
    double first = values[left];
    double second = values[right];
    if (Double.isNaN(first) || Double.isNaN(second)) {
      return Boolean.compare(Double.isNaN(first), Double.isNaN(second));
    }
    int ascending = first < second ? -1 : first > second ? 1 : 0;
    return isLargest ? -ascending : ascending;
  }
}
