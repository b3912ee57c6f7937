package oht50.metrics.job.rule;

import oht50.metrics.model.RuleSet;
import oht50.metrics.model.RuleSetEntry;
import oht50.metrics.ruleeval.PartInput;
import oht50.metrics.typeinfo.CodecTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.OutputTag;

/** What flows between the operators of rules. */
public final class RuleTypes {
  public static final TypeInformation<PartInput> PART_INPUT =
      new CodecTypeInfo<>(PartInput.class, new PartInput.BinaryForm());
  public static final TypeInformation<RuleSet> RULE_SET =
      new CodecTypeInfo<>(RuleSet.class, new RuleSet.BinaryForm());
  public static final TypeInformation<RuleSetEntry> RULE_SET_ENTRY =
      new CodecTypeInfo<>(RuleSetEntry.class, new RuleSetEntry.BinaryForm());

  /** What comes to the part of everything, from routing and from the parts of entities. */
  public static final OutputTag<PartInput> FOR_WHOLE = new OutputTag<>("for-whole", PART_INPUT);

  private RuleTypes() {}
}
