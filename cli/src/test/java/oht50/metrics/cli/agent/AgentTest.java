package oht50.metrics.cli.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import oht50.metrics.model.Labels;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.Series;
import oht50.metrics.source.host.HostSeries;
import oht50.metrics.source.host.HostSeries.Sample;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class AgentTest {
  private final MockProducer<String, String> producer =
      new MockProducer<>(true, null, new StringSerializer(), new StringSerializer());
  private final List<String> said = new ArrayList<>();
  private long now = 1_795_546_200_000L;

  private final Agent agent =
      new Agent("oht50.host", "box", this::read, producer, () -> now += 30_000, said::add);

  private boolean broken;

  private List<Sample> read() {
    if (broken) {
      throw new IllegalStateException("no /proc");
    }
    return List.of(new Sample(Series.gauge("load", "instance", "box"), 0.5));
  }

  private List<String> values() {
    return producer.history().stream().map(ProducerRecord::value).toList();
  }

  private static String point(long time) {
    return "[{\"name\":\"load\",\"value\":0.5,\"timestamp\":"
        + time
        + ",\"labels\":{\"instance\":\"box\"},\"metric_type\":\"gauge\"}]";
  }

  @Test
  void aReadingIsOneRecordUnderTheNameOfTheMachine() throws InterruptedException {
    agent.round();

    assertThat(producer.history())
        .singleElement()
        .satisfies(
            record -> {
              assertThat(record.topic()).isEqualTo("oht50.host");
              assertThat(record.key()).isEqualTo("box");
              assertThat(record.value()).isEqualTo(point(1_795_546_230_000L));
            });
    assertThat(agent.finish()).isZero();
    assertThat(said).isEmpty();
  }

  @Test
  void whatWasReadWhileKafkaWasAwayIsSentWhenItIsBack() throws InterruptedException {
    producer.sendException = new TimeoutException("no broker");
    agent.round();
    agent.round();
    assertThat(agent.finish()).isEqualTo(2);
    assertThat(said).singleElement().asString().contains("no broker", "keeping the newest 480");

    producer.sendException = null;
    agent.round();

    assertThat(values())
        .containsExactly(
            point(1_795_546_230_000L), point(1_795_546_260_000L), point(1_795_546_290_000L));
    assertThat(said).hasSize(2);
    assertThat(said.get(1)).isEqualTo("Kafka answers again; sent 3 readings");
    agent.round();
    assertThat(values()).hasSize(4);
    assertThat(said).hasSize(2);
  }

  @Test
  void ofALongOutageTheNewestReadingsAreKeptAndTheLostOnesAreCounted() throws InterruptedException {
    producer.sendException = new TimeoutException("no broker");
    for (int i = 0; i < Agent.MAX_KEPT + 7; i++) {
      agent.round();
    }
    producer.sendException = null;

    assertThat(agent.finish()).isZero();

    assertThat(values()).hasSize(Agent.MAX_KEPT);
    assertThat(values().get(0)).isEqualTo(point(1_795_546_200_000L + 8 * 30_000));
    assertThat(said).hasSize(2);
    assertThat(said.get(1)).endsWith("sent 480 readings, 7 older ones are lost");
  }

  @Test
  void aMachineThatCannotBeReadIsTriedAgain() throws InterruptedException {
    broken = true;
    agent.round();
    agent.round();
    broken = false;
    agent.round();

    assertThat(said).containsExactly("this machine cannot be read: no /proc; trying on");
    assertThat(values()).hasSize(1);
  }

  @Test
  void aReadingOfManySeriesIsMoreThanOneRecord() throws Exception {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 2_500; i++) {
      samples.add(new Sample(Series.of("m", Labels.of("i", "" + i), MetricKind.COUNTER), i));
    }

    List<String> records = HostRecords.of(samples, 1);

    assertThat(records).hasSize(3);
    int points = 0;
    for (String record : records) {
      JsonNode array = new JsonMapper().readTree(record);
      assertThat(array.get(0).get("metric_type").asText()).isEqualTo("counter");
      points += array.size();
    }
    assertThat(points).isEqualTo(2_500);
  }

  @Test
  void thisMachineCanBeRead() {
    HostSeries machine = HostSeries.ofThisMachine("box");

    assertThat(machine.read())
        .extracting(sample -> sample.series().name())
        .contains("oht50_memory_total_bytes", "oht50_memory_usage_bytes", "oht50_system_load");
    assertThat(machine.read())
        .allSatisfy(s -> assertThat(s.series().labels().get("instance")).isEqualTo("box"));
  }

  @Test
  void beatsThatWereMissedAreLeftOutAndTheOthersStayWhereTheyAre() {
    assertThat(Rounds.after(100, 100, 30)).isEqualTo(130);
    assertThat(Rounds.after(100, 129, 30)).isEqualTo(130);
    assertThat(Rounds.after(100, 130, 30)).isEqualTo(160);
    assertThat(Rounds.after(100, 1_000, 30)).isEqualTo(1_030);
    assertThat(Rounds.after(100, 90, 30)).isEqualTo(130);
  }
}
