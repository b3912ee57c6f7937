package oht50.metrics.job.scenario;

import java.util.List;
import java.util.function.Supplier;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.util.OutputTag;

/**
 * An operator under test whose second input is broadcast, and how its first one is divided in the
 * job.
 *
 * @param key what comes to one subtask, in its order
 * @param keyType null if it has no keyed state
 */
public record BroadcastSubject<K, I, B, O>(
    Supplier<TwoInputStreamOperator<I, B, O>> operator,
    KeySelector<I, K> key,
    TypeInformation<K> keyType,
    TypeInformation<O> outputType,
    List<OutputTag<?>> sideOutputs) {}
