package oht50.metrics.job.ruleload;

import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.ExecutionException;
import oht50.metrics.model.Position;

/** The topic of rule sets, from its beginning on. For one thread. */
public interface RulesTopic extends AutoCloseable {
  /** What has come since the last call, in its order. */
  List<ToldRules> news();

  /**
   * Adds a set; when this returns, it is there for good.
   *
   * @param effectiveFrom ms
   * @param files name -> text
   */
  Position send(long effectiveFrom, SortedMap<String, String> files)
      throws ExecutionException, InterruptedException;

  @Override
  void close();
}
