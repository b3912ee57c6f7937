package oht50.metrics.source.scrape;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.util.FlinkRuntimeException;

/**
 * Gives targets to readers evenly, and looks at the lists of targets again and again. A target that
 * is in no list any more is given once more, as ended, to the reader that has it. While a file
 * cannot be read, its job loses no target.
 *
 * <p>It has nothing to remember: what readers had they report when they start, and what there
 * should be the lists say.
 */
final class ScrapeEnumerator implements SplitEnumerator<TargetSplit, Void> {
  private final SplitEnumeratorContext<TargetSplit> context;
  private final TargetLists lists;
  private final Duration refreshInterval;

  private TargetLists.Found found;
  // split -> target and reader
  private final Map<String, Given> given = new HashMap<>();
  // what readers had before they were started anew
  private final Map<String, Target> returned = new HashMap<>();
  private final Set<Integer> readers = new HashSet<>();

  private record Given(Target target, int reader) {}

  ScrapeEnumerator(
      SplitEnumeratorContext<TargetSplit> context, TargetLists lists, Duration refreshInterval) {
    this.context = context;
    this.lists = lists;
    this.refreshInterval = refreshInterval;
  }

  @Override
  public void start() {
    context.callAsync(lists::find, this::refresh, 0, refreshInterval.toMillis());
  }

  private void refresh(TargetLists.Found newly, Throwable failure) {
    if (failure != null) {
      throw new FlinkRuntimeException("the lists of targets cannot be looked at", failure);
    }
    found = newly;
    distribute();
  }

  @Override
  public void handleSplitRequest(int subtask, String host) {
    // Readers do not ask.
  }

  @Override
  public void addReader(int subtask) {
    forget(subtask);
    readers.add(subtask);
    List<TargetSplit> had =
        context.registeredReaders().get(subtask).getReportedSplitsOnRegistration();
    had.forEach(split -> returned.put(split.splitId(), split.target()));
    distribute();
  }

  /** A reader failed before a checkpoint held these; it registers again. */
  @Override
  public void addSplitsBack(List<TargetSplit> splits, int subtask) {
    forget(subtask);
    splits.forEach(split -> returned.put(split.splitId(), split.target()));
  }

  private void forget(int subtask) {
    readers.remove(subtask);
    given.values().removeIf(each -> each.reader() == subtask);
  }

  /** Gives what is to be given; only when all readers are there, lest the first gets everything. */
  private void distribute() {
    if (found == null || readers.size() < context.currentParallelism()) {
      return;
    }
    Map<Integer, List<TargetSplit>> assignment = new HashMap<>();
    int[] loads = new int[context.currentParallelism()];
    given.values().forEach(each -> loads[each.reader()]++);

    for (Target target : found.targets().values()) {
      give(target, loads, assignment);
    }
    returned.forEach(
        (id, target) -> {
          if (isGone(id, target)) {
            split(assignment, least(loads)).add(new TargetSplit(target, true));
          } else {
            give(found.targets().getOrDefault(id, target), loads, assignment);
          }
        });
    returned.clear();
    for (Given each : List.copyOf(given.values())) {
      if (isGone(each.target().id(), each.target())) {
        given.remove(each.target().id());
        split(assignment, each.reader()).add(new TargetSplit(each.target(), true));
      }
    }
    if (!assignment.isEmpty()) {
      context.assignSplits(new SplitsAssignment<>(assignment));
    }
  }

  /** To the reader that has it, in case it is scraped otherwise now, else to the least busy one. */
  private void give(Target target, int[] loads, Map<Integer, List<TargetSplit>> assignment) {
    Given before = given.get(target.id());
    if (before != null && before.target().equals(target)) {
      return;
    }
    int reader = before == null ? least(loads) : before.reader();
    loads[reader] += before == null ? 1 : 0;
    given.put(target.id(), new Given(target, reader));
    split(assignment, reader).add(new TargetSplit(target, false));
  }

  private boolean isGone(String id, Target target) {
    return !found.targets().containsKey(id) && !found.unsure().contains(target.job());
  }

  private static int least(int[] loads) {
    int least = 0;
    for (int i = 1; i < loads.length; i++) {
      least = loads[i] < loads[least] ? i : least;
    }
    return least;
  }

  private static List<TargetSplit> split(Map<Integer, List<TargetSplit>> assignment, int reader) {
    return assignment.computeIfAbsent(reader, none -> new ArrayList<>());
  }

  @Override
  public Void snapshotState(long checkpointId) {
    return null;
  }

  @Override
  public void close() {}
}
