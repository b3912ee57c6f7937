package oht50.metrics.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineReaderTest {
  @TempDir Path folder;

  @Test
  void objectValueIsSentAsItStands() {
    assertThat(
            LineReader.records()
                .read("{\"topic\":\"t\",\"key\":\"k\",\"value\":{ \"a\" : 1.50, \"b\":[1] }}"))
        .isEqualTo(new ReplayRecord("t", "k", "{ \"a\" : 1.50, \"b\":[1] }"));
  }

  @Test
  void textValueIsUnpackedAndOthersAreNot() {
    LineReader reader = LineReader.records();
    assertThat(reader.read("{\"value\":\"{\\\"a\\\":1\",\"topic\":\"t\",\"key\":null}"))
        .isEqualTo(new ReplayRecord("t", null, "{\"a\":1"));
    assertThat(reader.read("{\"topic\":\"t\",\"value\":4.20,\"offset\":[7]}"))
        .isEqualTo(new ReplayRecord("t", null, "4.20"));
    assertThat(reader.read("{\"topic\":\"t\",\"key\":\"k\",\"value\":null}"))
        .isEqualTo(new ReplayRecord("t", "k", null));
  }

  @Test
  void saysWhatIsWrongWithALine() {
    LineReader reader = LineReader.records();
    assertThatThrownBy(() -> reader.read("{\"topic\"")).hasMessageContaining("no JSON");
    assertThatThrownBy(() -> reader.read("[1]")).hasMessageContaining("not an object");
    assertThatThrownBy(() -> reader.read("{\"value\":1}")).hasMessageContaining("no topic");
    assertThatThrownBy(() -> reader.read("{\"topic\":\"t\"}")).hasMessageContaining("no value");
    assertThatThrownBy(() -> reader.read("{\"topic\":\"t\",\"value\":1} x"))
        .hasMessageContaining("no JSON");
  }

  @Test
  void withTopicEveryLineIsDataWhateverItIs() {
    LineReader reader = LineReader.values("oht50.points", KeyRule.parse("@name"));
    assertThat(reader.read("{broken")).isEqualTo(new ReplayRecord("oht50.points", null, "{broken"));
    assertThat(reader.read("{\"name\":\"cpu\"}").key()).isEqualTo("cpu");
    assertThat(reader.read("[{\"name\":\"cpu\"},{\"name\":\"ram\"}]").key()).isEqualTo("cpu");
    assertThat(reader.read("{\"data\":{\"name\":\"cpu\"}}").key()).isEqualTo("cpu");
  }

  @Test
  void onlyTopicsWhoseValuesNameTheKeyHaveADefault() {
    assertThat(KeyRule.defaultOf("oht50.points")).contains(new KeyRule.OfField("name"));
    assertThat(KeyRule.defaultOf("oht50.missions")).contains(new KeyRule.OfField("mission_id"));
    assertThat(KeyRule.defaultOf("oht50.telemetry")).isEmpty();
    assertThat(KeyRule.parse("OHT-50-001").keyOf("{}")).isEqualTo("OHT-50-001");
  }

  @Test
  void outlineOfAPackedFileFindsFirstAndNewest() throws IOException {
    Path file = folder.resolve("points.jsonl.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(
          "{\"ts\":1795546200000}\n\n{\"ts\":1795546300000}\n{oops\n{\"ts\":1795546250000}\n"
              .getBytes(StandardCharsets.UTF_8));
    }
    ReplayFile.Outline outline =
        new ReplayFile(file).outline(LineReader.values("t", KeyRule.parse("k")));
    assertThat(outline.lines()).isEqualTo(4);
    assertThat(outline.topics()).containsExactly("t");
    assertThat(outline.first()).isEqualTo(Instant.ofEpochMilli(1795546200000L));
    assertThat(outline.newest()).isEqualTo(Instant.ofEpochMilli(1795546300000L));
  }

  @Test
  void outlineNamesTheLineThatIsNoRecord() throws IOException {
    Path file = folder.resolve("records.jsonl");
    Files.writeString(file, "{\"topic\":\"t\",\"value\":1}\n\n{\"topic\":\"t\"\n");
    assertThatThrownBy(() -> new ReplayFile(file).outline(LineReader.records()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("records.jsonl, line 3: no JSON");
  }
}
