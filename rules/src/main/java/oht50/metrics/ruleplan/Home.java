package oht50.metrics.ruleplan;

import java.util.Set;
import oht50.metrics.model.Labels;

/** In parts of which kinds a rule is evaluated, by the labels that it keeps. */
enum Home {
  /** It keeps both labels of entities. */
  ENTITIES(Set.of(PartKind.ROBOT, PartKind.INSTANCE, PartKind.REST)),
  ROBOTS(Set.of(PartKind.ROBOT, PartKind.ROBOTLESS)),
  INSTANCES(Set.of(PartKind.ANY_INSTANCE)),
  WHOLE(Set.of(PartKind.WHOLE));

  private static final String ROBOT_ID = "robot_id";
  private static final String INSTANCE_LABEL = "instance";

  private final Set<PartKind> kinds;

  Home(Set<PartKind> kinds) {
    this.kinds = kinds;
  }

  static Home of(LabelScope scope) {
    boolean keepsRobot = scope.contains(ROBOT_ID);
    if (scope.contains(INSTANCE_LABEL)) {
      return keepsRobot ? ENTITIES : INSTANCES;
    }
    return keepsRobot ? ROBOTS : WHOLE;
  }

  Set<PartKind> kinds() {
    return kinds;
  }

  /** In which of its kinds a series is. */
  PartKind kindOf(Labels series) {
    return switch (this) {
      case ENTITIES ->
          has(series, ROBOT_ID)
              ? PartKind.ROBOT
              : has(series, INSTANCE_LABEL) ? PartKind.INSTANCE : PartKind.REST;
      case ROBOTS -> has(series, ROBOT_ID) ? PartKind.ROBOT : PartKind.ROBOTLESS;
      case INSTANCES -> PartKind.ANY_INSTANCE;
      case WHOLE -> PartKind.WHOLE;
    };
  }

  private static boolean has(Labels series, String label) {
    String value = series.get(label);
    return value != null && !value.isEmpty();
  }
}
