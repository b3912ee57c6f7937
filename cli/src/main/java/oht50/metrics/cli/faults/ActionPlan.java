package oht50.metrics.cli.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The list of a campaign, decided by its seed before anything starts. Every second action is aimed.
 * Aimed and other actions are dealt from a shuffled deck each, so none comes a second time before
 * all have come once.
 */
final class ActionPlan {
  private static final double SHORTEST_SECONDS = 5;

  private record Card(FaultKind kind, Target target, AimPoint aim) {}

  private static final List<Card> UNAIMED =
      List.of(
          card(FaultKind.KILL, Target.JOB_MANAGER),
          card(FaultKind.KILL, Target.TASK_MANAGER),
          card(FaultKind.KILL, Target.KAFKA),
          card(FaultKind.KILL, Target.POSTGRES),
          card(FaultKind.STOP, Target.JOB_MANAGER),
          card(FaultKind.STOP, Target.TASK_MANAGER),
          card(FaultKind.STOP, Target.KAFKA),
          card(FaultKind.STOP, Target.POSTGRES),
          card(FaultKind.AWAY, Target.KAFKA),
          card(FaultKind.AWAY, Target.POSTGRES),
          card(FaultKind.CUT, Target.KAFKA),
          card(FaultKind.CUT, Target.POSTGRES),
          card(FaultKind.BREAK, Target.KAFKA),
          card(FaultKind.BREAK, Target.POSTGRES),
          card(FaultKind.HOLD, Target.KAFKA),
          card(FaultKind.HOLD, Target.POSTGRES),
          card(FaultKind.DISK_FULL, Target.CHECKPOINTS));

  private static final List<Card> AIMED =
      List.of(
          new Card(FaultKind.KILL, Target.TASK_MANAGER, AimPoint.ALERTS_COMMIT),
          new Card(FaultKind.KILL, Target.JOB_MANAGER, AimPoint.ALERTS_COMMIT),
          new Card(FaultKind.KILL, Target.KAFKA, AimPoint.ALERTS_COMMIT),
          new Card(FaultKind.KILL, Target.TASK_MANAGER, AimPoint.TRANSITIONS_COMMIT),
          new Card(FaultKind.KILL, Target.JOB_MANAGER, AimPoint.TRANSITIONS_COMMIT),
          new Card(FaultKind.KILL, Target.POSTGRES, AimPoint.TRANSITIONS_COMMIT),
          new Card(FaultKind.KILL, Target.TASK_MANAGER, AimPoint.OPEN_FLUSH),
          new Card(FaultKind.KILL, Target.POSTGRES, AimPoint.OPEN_FLUSH),
          new Card(FaultKind.STOP, Target.TASK_MANAGER, AimPoint.FLUSH),
          new Card(FaultKind.STOP, Target.TASK_MANAGER, AimPoint.OPEN_FLUSH),
          new Card(FaultKind.KILL, Target.TASK_MANAGER, AimPoint.RESTORE),
          new Card(FaultKind.KILL, Target.JOB_MANAGER, AimPoint.RESTORE),
          new Card(FaultKind.KILL, Target.TASK_MANAGER, AimPoint.SAVEPOINT),
          new Card(FaultKind.KILL, Target.JOB_MANAGER, AimPoint.SAVEPOINT));

  private ActionPlan() {}

  private static Card card(FaultKind kind, Target target) {
    return new Card(kind, target, null);
  }

  /**
   * @param longestSeconds of a fault that lasts; at least 5
   */
  static List<FaultAction> of(long seed, int actions, double longestSeconds) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Card> aimed = new ArrayList<>();
    List<Card> unaimed = new ArrayList<>();
    List<FaultAction> plan = new ArrayList<>();
    for (int number = 1; number <= actions; number++) {
      Card card = number % 2 == 0 ? deal(aimed, AIMED, random) : deal(unaimed, UNAIMED, random);
      double seconds =
          SHORTEST_SECONDS + random.nextDouble() * Math.max(0, longestSeconds - SHORTEST_SECONDS);
      plan.add(
          new FaultAction(
              number,
              card.kind,
              card.target,
              card.aim,
              card.kind.lasts() ? Math.round(seconds * 10) / 10.0 : 0,
              card.aim == null ? random.nextInt(2_000) : 0));
    }
    return plan;
  }

  private static Card deal(List<Card> deck, List<Card> all, SplittableRandom random) {
    if (deck.isEmpty()) {
      deck.addAll(all);
    }
    return deck.remove(random.nextInt(deck.size()));
  }
}
