package oht50.metrics.ruleplan;

import java.io.Serializable;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import oht50.metrics.model.Labels;

/**
 * A set of label names, of which there is no end: these, or all but these. Immutable.
 *
 * @param isAllBut whether {@code names} are those that are not in it
 */
public record LabelScope(boolean isAllBut, SortedSet<String> names) implements Serializable {
  /** Every label. */
  public static final LabelScope ALL = allBut(List.of());

  /** No label. */
  public static final LabelScope NONE = only(List.of());

  public LabelScope {
    names = Collections.unmodifiableSortedSet(new TreeSet<>(names));
  }

  public static LabelScope only(Collection<String> names) {
    return new LabelScope(false, new TreeSet<>(names));
  }

  public static LabelScope allBut(Collection<String> names) {
    return new LabelScope(true, new TreeSet<>(names));
  }

  public boolean contains(String name) {
    return isAllBut != names.contains(name);
  }

  public boolean containsAll(Collection<String> others) {
    return others.stream().allMatch(this::contains);
  }

  public boolean isNone() {
    return !isAllBut && names.isEmpty();
  }

  /** What is in both. */
  public LabelScope and(LabelScope other) {
    if (isAllBut && other.isAllBut) {
      SortedSet<String> either = new TreeSet<>(names);
      either.addAll(other.names);
      return allBut(either);
    }
    if (isAllBut) {
      return other.and(this);
    }
    SortedSet<String> both = new TreeSet<>(names);
    both.removeIf(name -> !other.contains(name));
    return only(both);
  }

  public LabelScope without(Collection<String> others) {
    return and(allBut(others));
  }

  /** Of the labels of a series those that are in it. */
  public Labels of(Labels labels) {
    return isAllBut ? labels.without(names) : labels.keep(names);
  }
}
