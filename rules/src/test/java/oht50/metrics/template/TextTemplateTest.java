package oht50.metrics.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Map;
import oht50.metrics.model.Labels;
import oht50.metrics.promql.eval.QueryResult.Sample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What templates say. Texts and values of the functions are those of Prometheus' own tests, {@code
 * template/template_test.go}.
 */
class TextTemplateTest {
  private static final long TICK = 1_353_755_652_000L;
  private static final List<Sample> METRIC =
      List.of(
          new Sample(Labels.of("__name__", "metric", "instance", "b", "__value__", "v"), 21),
          new Sample(Labels.of("__name__", "metric", "instance", "a"), 11));

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '\0',
      value = {
        "plain text ¦ plain text",
        "{{ 1 }} ¦ 1",
        "{{ 0x10 }} {{ -2.50 }} {{ true }} ¦ 16 -2.5 true",
        "{{ \"<b>\" }} {{ \"<b>\" | safeHtml }} {{ \"<b>\" | html }} ¦ <b> <b> &lt;b&gt;",
        "{{ query \"metric\" | first | value }} ¦ 21",
        "{{ query \"metric\" | first | label \"instance\" }} ¦ b",
        "{{ query \"metric\" | first | strvalue }} ¦ v",
        "{{ query \"metric\" | first | label \"foo\" }}- ¦ -",
        "{{ $x := query \"metric\" | first }}{{ $x.Labels.foo }}{{ $x.Value }} ¦ 21",
        "{{ range query \"metric\" | sortByLabel \"instance\" }}{{.Labels.instance}}:{{.Value}}:"
            + " {{end}}- ¦ a:11: b:21: -",
        "{{ range $i, $v := query \"metric\" }}{{ $i }}={{ $v | value }} {{ end }}- ¦ 0=21 1=11 -",
        "{{ range $k, $v := $labels }}{{ $k }}={{ $v }},{{ end }} ¦ instance=i1,job=j,",
        "{{ range query \"none\" }}x{{ else }}nothing{{ end }} ¦ nothing",
        "{{ range query \"metric\" }}{{ .Value }}{{ break }}{{ end }} ¦ 21",
        "{{ with query \"none\" }}{{ . }}{{ else }}nothing{{ end }} ¦ nothing",
        "{{ with $labels.job }}{{ . }}/{{ $value }}{{ end }} ¦ j/1.5",
        "{{ if eq $labels.job \"x\" \"j\" }}a{{ else }}b{{ end }} ¦ a",
        "{{ if gt $value 2.0 }}a{{ else if gt $value 1.0 }}b{{ else }}c{{ end }} ¦ b",
        "{{ if and true (not false) (or false 1) }}yes{{ end }} ¦ yes",
        "{{ and 0 (index (query \"none\") 7) }} ¦ 0",
        "{{ len \"äb\" }} {{ len $labels }} {{ index $labels \"job\" }} ¦ 3 2 j",
        "{{ $x := 1 }}{{ if true }}{{ $x = 2 }}{{ end }}{{ $x }} ¦ 2",
        "a {{- /* c */ -}} b {{- 1 -}} c{{/* d */}} ¦ ab1c",
        "{{define \"x\"}}{{.arg0}} {{.arg1}}{{.arg2}}{{end}}{{template \"x\" (args 1 \"2\")}} ¦ 1"
            + " 2<no value>",
        "{{ $labels }} {{ .Labels.job }} {{ $.Value }} ¦ map[instance:i1 job:j] j 1.5",
        "{{ $labels.none }}{{ .Labels.none }}- ¦ -",
        "{{ $externalLabels.cluster }} {{ $externalURL }} {{ externalURL }} {{ pathPrefix }} ¦ c1"
            + " http://h:9/p http://h:9/p /p",
        "{{ print 1 2 \"a\" 3 true false }} {{ println $labels.job 1.5 }}- ¦ 1 2a3 true false j"
            + " 1.5\\n"
            + "-",
        "{{ \"foo.example.com:12345\" | stripPort }} {{ \"[2001:0DB8::1]:12345\" | stripPort }} ¦"
            + " foo.example.com 2001:0DB8::1",
        "{{ \"2001:0DB8::1\" | stripPort }} {{ \"[2001:0DB8::1]::12345\" | stripPort }} ¦"
            + " 2001:0DB8::1 [2001:0DB8::1]::12345",
        "{{ \"foo.example.com\" | stripDomain }} {{ \"foo.example.com:12345\" | stripDomain }} ¦"
            + " foo foo:12345",
        "{{ \"192.0.2.1:12345\" | stripDomain }} {{ \"[2001:0DB8::1]:12345\" | stripDomain }} ¦"
            + " 192.0.2.1:12345 [2001:0DB8::1]:12345",
        "{{ reReplaceAll \"(a)b\" \"x$1\" \"ab\" }} {{ reReplaceAll \"r.*d\" \"replaced\" \"rpld"
            + " text\" }} ¦ xa replaced text",
        "{{ match \"a+\" \"aa\" }} {{ match \"a+\" \"b\" }} ¦ true false",
        "{{ \"aa bb CC\" | title }} {{ \"foo.bar don't x-y a_b\" | title }} ¦ Aa Bb CC Foo.bar"
            + " Don't X-Y A_b",
        "{{ \"aa bb CC\" | toUpper }} {{ \"aA bB CC\" | toLower }} ¦ AA BB CC aa bb cc",
        "{{ humanize 0.0 }}:{{ humanize 1234567.0 }}:{{ humanize .12 }}:{{ humanize \"-1\" }} ¦"
            + " 0:1.235M:120m:-1",
        "{{ humanize1024 1048576 }}:{{ humanize1024 1234567 }}:{{ humanize1024 .12 }} ¦"
            + " 1Mi:1.177Mi:0.12",
        "{{ humanizeDuration 0 }}:{{ humanizeDuration 1 }}:{{ humanizeDuration 3600 }}:{{"
            + " humanizeDuration -183845 }} ¦ 0s:1s:1h 0m 0s:-2d 3h 4m 5s",
        "{{ humanizeDuration .12345 }}:{{ humanizeDuration 60.5 }}:{{ humanizeDuration 1.2345 }}:{{"
            + " humanizeDuration 899.99 }} ¦ 123.5ms:1m 0s:1.234s:14m 59s",
        "{{ humanize \"+Inf\" }}:{{ humanize1024 \"-Inf\" }}:{{ humanizeDuration \"NaN\" }}:{{"
            + " humanizeTimestamp \"NaN\" }} ¦ +Inf:-Inf:NaN:NaN",
        "{{ -0.22222 | humanizePercentage }}:{{ 0.1234567 | humanizePercentage }}:{{"
            + " humanizePercentage 1234567 }} ¦ -22.22%:12.35%:1.235e+08%",
        "{{ 1435065584.128 | humanizeTimestamp }} ¦ 2015-06-23 13:19:44.128 +0000 UTC",
        "{{ humanizeTimestamp -1 }} ¦ 1969-12-31 23:59:59 +0000 UTC",
        "{{ (1435065584.128 | toTime).Format \"2006\" }} {{ (1800 | toDuration).String }} ¦ 2015"
            + " 30m0s",
        "{{ now }} {{ (now | toTime).Format \"Mon Jan 2 15:04:05 2006\" }} ¦ 1.353755652e+09 Sat"
            + " Nov 24 11:14:12 2012",
        "{{ (\"-30m\" | parseDuration | toDuration | (now | toTime).Add).UnixMilli }} ¦"
            + " 1353753852000",
        "{{ printf \"%0.2f\" (parseDuration \"1h2m10ms\") }} {{ parseDuration \"2h10m15s\" }} ¦"
            + " 3720.01 7815",
        "{{ graphLink \"up == 0\" }} {{ tableLink \"up\" }} ¦ /graph?g0.expr=up+%3D%3D+0&g0.tab=0"
            + " /graph?g0.expr=up&g0.tab=1",
        "{{ `a\"b` }} {{ \"tab\\t\" }}- ¦ a\"b tab\\t-"
      })
  void says(String template, String expected) throws Exception {
    assertThat(fill(template.strip())).isEqualTo(unescaped(expected.strip()));
  }

  private static String unescaped(String text) {
    return text.replace("\\n", "\n").replace("\\t", "\t");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '\0',
      value = {
        "{{ query \"none\" | first }} ¦ error calling first: first() called on vector with no"
            + " elements",
        "{{ (query \"metric\").banana }} ¦ can't evaluate field banana in type"
            + " template.queryResult",
        "{{ humanize \"one\" }} ¦ error calling humanize: strconv.ParseFloat: parsing \"one\":"
            + " invalid syntax",
        "{{ gt $value 0 }} ¦ error calling lt: incompatible types for comparison: float64 and int",
        "{{ $labels | humanize }} ¦ error calling humanize: can't convert map[string]string to"
            + " float",
        "{{ humanize }} ¦ wrong number of args for humanize: want 1 got 0",
        "{{ .Foo }} ¦ can't evaluate field Foo of an alert; it has Labels, ExternalLabels,"
            + " ExternalURL and Value",
        "{{ query \"metric\" }} ¦ all samples of a query have no text; take one with first, or go"
            + " through them with range",
        "{{ reReplaceAll \"(\" \"\" \"x\" }} ¦ '(' is not RE2: missing closing )",
        "{{ humanizeTimestamp 9e300 }} ¦ 9e+300 cannot be represented as a nanoseconds timestamp"
            + " since it overflows int64",
        "{{ $value.x }} ¦ can't evaluate field x in type float64"
      })
  void failsWhenFilled(String template, String expected) throws InvalidTemplate {
    TextTemplate read = TextTemplate.parse(template.strip());
    assertThatThrownBy(() -> read.fill(data()))
        .isInstanceOf(TemplateFailure.class)
        .hasMessage(expected.strip());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '\0',
      value = {
        "{{ ¦ 0 ¦ an action has no end; write '}}' behind it",
        "ab {{ $label.x }} ¦ 6 ¦ there is no variable $label; known here are $, $externalLabels,"
            + " $externalURL, $labels, $value",
        "{{ nope 1 }} ¦ 3 ¦ there is no function nope",
        "{{ call 1 }} ¦ 3 ¦ the function call is not supported in templates of rules; do without"
            + " it",
        "{{ tmpl \"x\" . }} ¦ 3 ¦ the function tmpl is of Prometheus' consoles; write template in"
            + " rules",
        "{{ if true }}x ¦ 14 ¦ a block has no end; write '{{ end }}' behind it",
        "x {{ end }} ¦ 2 ¦ there is nothing that this ends",
        "{{ template \"x\" }} ¦ 3 ¦ there is no definition of 'x'",
        "{{ define \"x\" }}{{ $labels.a }}{{ end }} ¦ 19 ¦ there is no variable $labels; known here"
            + " are $",
        "{{ $x = 1 }} ¦ 6 ¦ there is no variable $x; known here are $, $externalLabels,"
            + " $externalURL, $labels, $value",
        "{{ if true }}{{ $x := 1 }}{{ end }}{{ $x }} ¦ 38 ¦ there is no variable $x; known here are"
            + " $, $externalLabels, $externalURL, $labels, $value",
        "{{ break }} ¦ 3 ¦ 'break' is of a range, and there is none around",
        "{{ 1 | 2 }} ¦ 7 ¦ '2' is no function and takes no argument",
        "{{ \"x }} ¦ 3 ¦ a string has no end",
        "{{ 'x' }} ¦ 3 ¦ ''' stands for nothing here",
        "{{\u00a0}} ¦ 2 ¦ '\u00a0' stands for nothing here",
        "{{ block \"x\" . }}{{ end }} ¦ 3 ¦ 'block' is left out; write define and template",
        "{{ }} ¦ 3 ¦ unexpected '}}'; expected a value or a function"
      })
  void isRefusedWhenRead(String template, int offset, String expected) {
    String text = template.equals("{{") ? template : template.strip();
    assertThatThrownBy(() -> TextTemplate.parse(text))
        .isInstanceOf(InvalidTemplate.class)
        .hasMessage(expected.strip())
        .extracting(e -> ((InvalidTemplate) e).offset())
        .isEqualTo(offset);
  }

  @Test
  void whatItWritesIsKnown() throws InvalidTemplate {
    TemplateUses uses =
        TextTemplate.parse(
                "{{ with $labels.cluster }}{{ . }}{{ end }}{{ if $labels.a }}{{ $labels.a }}{{ end"
                    + " }}{{ .Labels.b | toUpper }}{{ printf \"%s\" ($labels.c) }}{{ if gt $value"
                    + " 1.0 }}high{{ end }}")
            .uses();

    assertThat(uses.labels()).containsExactly("b", "c");
    assertThat(uses.isValueWritten()).isFalse();
    assertThat(TextTemplate.parse("{{ $value }}").uses().isValueWritten()).isTrue();
    assertThat(TextTemplate.parse("{{ .labels.x }}").unknownField()).isEqualTo("labels");
    assertThat(TextTemplate.parse("{{ with $labels }}{{ .x }}{{ end }}").unknownField()).isNull();
  }

  @Test
  void survivesSerialisation() throws Exception {
    TextTemplate template = TextTemplate.parse("{{ $labels.job }} of {{ $value | humanize }}");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new ObjectOutputStream(bytes).writeObject(template);
    TextTemplate read =
        (TextTemplate)
            new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();

    assertThat(read).isEqualTo(template);
    assertThat(read.fill(data())).isEqualTo("j of 1.5");
  }

  private static String fill(String template) throws Exception {
    return TextTemplate.parse(template).fill(data());
  }

  private static TemplateData data() {
    return new TemplateData(
        Map.of("instance", "i1", "job", "j"),
        1.5,
        Map.of("cluster", "c1"),
        "http://h:9/p",
        TICK,
        expression -> expression.startsWith("metric") ? METRIC : List.of());
  }
}
