package oht50.metrics.source.relabel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Rules as in a file of Prometheus; labels as {@code a=foo b=bar}; "dropped" when nothing is left.
 */
class RelabelingTest {
  private static final ObjectMapper YAML =
      new ObjectMapper(new YAMLFactory())
          .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);

  private static List<RelabelForm> forms(String rules) throws Exception {
    return YAML.readValue(
        rules,
        TypeFactory.defaultInstance().constructCollectionType(List.class, RelabelForm.class));
  }

  private static String apply(String rules, String labels) throws Exception {
    List<String> faults = new ArrayList<>();
    Relabeling relabeling = Relabeling.of(forms(rules), faults::add);
    assertThat(faults).isEmpty();
    Map<String, String> changed = new TreeMap<>();
    for (String label : labels.split(" ", -1)) {
      int equals = label.indexOf('=');
      changed.put(label.substring(0, equals), label.substring(equals + 1));
    }
    if (!relabeling.apply(changed)) {
      return "dropped";
    }
    return changed.entrySet().stream()
        .map(label -> label.getKey() + "=" + label.getValue())
        .collect(Collectors.joining(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "->",
      value = {
        // replace: the default action, on the whole value, with the groups of the match
        "[{source_labels: [a], regex: 'f(.*)', target_label: d, replacement: 'ch${1}-ch${1}'}] -> a=foo b=bar -> a=foo b=bar d=choo-choo",
        "[{source_labels: [a, b], regex: 'foo;(.*)', target_label: a, replacement: '$1'}] -> a=foo b=bar -> a=bar b=bar",
        "[{source_labels: [a, b], separator: '-', regex: 'foo-(.*)', target_label: c}] -> a=foo b=bar -> a=foo b=bar c=bar",
        "[{source_labels: [a], regex: 'oo', target_label: d, replacement: x}] -> a=foo -> a=foo",
        "[{source_labels: [a], target_label: b}] -> a=foo b=bar -> a=foo b=foo",
        "[{target_label: job, replacement: fixed}] -> a=foo -> a=foo job=fixed",
        "[{target_label: a, replacement: ''}] -> a=foo b=bar -> b=bar",
        "[{source_labels: [gone], target_label: a}] -> a=foo b=bar -> b=bar",
        "[{source_labels: [a], regex: '(f).*', target_label: d, replacement: '$1x'}] -> a=foo d=old -> a=foo",
        "[{source_labels: [a], regex: '(f).*', target_label: d, replacement: '$$1 ${2} ${1}'}] -> a=foo -> a=foo d=$1  f",
        "[{source_labels: [a], regex: '(?P<name>f).*', target_label: d, replacement: '${name}!'}] -> a=foo -> a=foo d=f!",
        "[{source_labels: [a, b], regex: '(\\w+);(\\w+)', target_label: '${1}', replacement: '${2}'}] -> a=foo b=bar -> a=foo b=bar foo=bar",
        "[{source_labels: [a], regex: '(.*)', target_label: '${1}', replacement: x}] -> a=no-name -> a=no-name",
        // keep and drop
        "[{source_labels: [a], regex: '.*o', action: keep}] -> a=foo -> a=foo",
        "[{source_labels: [a], regex: 'o', action: keep}] -> a=foo -> dropped",
        "[{source_labels: [a], regex: 'f|o', action: keep}] -> a=foo -> dropped",
        "[{source_labels: [a], regex: 'f.*', action: drop}] -> a=foo -> dropped",
        "[{source_labels: [gone], regex: '', action: keep}] -> a=foo -> a=foo",
        "[{source_labels: [a], regex: 'foo', action: drop}, {target_label: x, replacement: y}] -> a=foo -> dropped",
        // comparison with a label
        "[{source_labels: [a], target_label: b, action: keepequal}] -> a=x b=x -> a=x b=x",
        "[{source_labels: [a], target_label: b, action: keepequal}] -> a=x b=y -> dropped",
        "[{source_labels: [a], target_label: b, action: dropequal}] -> a=x b=x -> dropped",
        "[{source_labels: [a], target_label: b, action: dropequal}] -> a=x b=y -> a=x b=y",
        // hashmod, as Prometheus computes it
        "[{source_labels: [c], target_label: d, modulus: 1000, action: hashmod}] -> c=baz -> c=baz d=976",
        // names of labels
        "[{regex: '(b.*)', replacement: 'bar_${1}', action: labelmap}] -> a=foo b1=bar b2=baz -> a=foo b1=bar b2=baz bar_b1=bar bar_b2=baz",
        "[{regex: '__meta_(my.*)', action: labelmap}] -> __meta_my_bar=aaa __meta_other=b -> __meta_my_bar=aaa __meta_other=b my_bar=aaa",
        "[{regex: 'b.*', action: labeldrop}] -> a=foo b1=bar b2=baz -> a=foo",
        "[{regex: 'a|b1', action: labelkeep}] -> a=foo b1=bar b2=baz -> a=foo b1=bar",
        // case of letters, of actions too
        "[{source_labels: [a], target_label: b, action: uppercase}, {source_labels: [a], target_label: a, action: Lowercase}] -> a=FoO -> a=foo b=FOO"
      })
  void labelsAreAsPrometheusWouldLeaveThem(String rules, String labels, String left)
      throws Exception {
    assertThat(apply(rules, labels)).isEqualTo(left);
  }

  @Test
  void aLineBreakIsACharacterLikeOthers() throws Exception {
    Relabeling relabeling =
        Relabeling.of(forms("[{source_labels: [a], regex: 'foo.bar', action: keep}]"), fault -> {});

    assertThat(relabeling.apply(new TreeMap<>(Map.of("a", "foo\nbar")))).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "->",
      value = {
        "{action: repalce, target_label: a} -> [0]: unknown action 'repalce'; known are [replace, keep,",
        "{source_labels: [a]} -> [0]: replace needs a target_label",
        "{source_labels: [a], target_label: 'no-name', replacement: x} -> [0]: target_label 'no-name' is not a name of a label",
        "{source_labels: [a], target_label: '${1}', action: lowercase} -> [0]: target_label '${1}' is not a name of a label",
        "{source_labels: ['a b'], target_label: a} -> [0]: 'a b' of source_labels is not a name of a label",
        "{source_labels: [a], target_label: b, action: hashmod} -> [0]: hashmod needs a modulus of 1 or more",
        "{source_labels: [a], target_label: b, action: uppercase, replacement: x} -> [0]: uppercase takes no replacement",
        "{source_labels: [a], target_label: b, action: keepequal, regex: x} -> [0]: keepequal takes source_labels and target_label only",
        "{source_labels: [a], regex: x, action: labeldrop} -> [0]: labeldrop takes a regex only",
        "{regex: '(.*)', replacement: 'a-$1', action: labelmap} -> [0]: replacement 'a-$1' of labelmap is not a name of a label",
        "{source_labels: [a], regex: '(', target_label: b} -> [0]: regex '(' is not RE2: ",
        "{source_labels: [a], regex: '(?=x)', target_label: b} -> [0]: regex '(?=x)' is not RE2: "
      })
  void aRuleThatCannotWorkIsNamed(String rule, String fault) throws Exception {
    List<String> faults = new ArrayList<>();

    Relabeling.of(forms("[" + rule + "]"), faults::add);

    assertThat(faults).singleElement().asString().startsWith(fault);
  }
}
