package oht50.metrics.source.scrape;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The targets there are: those of the configuration, and those of files in the form of Prometheus'
 * {@code file_sd_config}, JSON or YAML: {@code [{targets: [host:port], labels: {name: value}}]}.
 */
final class TargetLists {
  /**
   * What the lists say.
   *
   * @param targets by id
   * @param unsure names of jobs of whose files one cannot be read: what it would say is not known
   */
  record Found(Map<String, Target> targets, Set<String> unsure) {}

  private static final Logger LOG = LoggerFactory.getLogger(TargetLists.class);
  private static final long MAX_BYTES = 16 << 20;
  private static final TypeReference<List<TargetGroup>> GROUPS = new TypeReference<>() {};
  private static final ObjectMapper YAML =
      new ObjectMapper(
              YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private final List<ScrapeJob> jobs;

  // file -> what is wrong with it, said once
  private final Map<String, String> faults = new HashMap<>();

  TargetLists(List<ScrapeJob> jobs) {
    this.jobs = jobs;
  }

  /** Reads all files; one that cannot be read leaves its job unsure. */
  Found find() {
    Map<String, Target> targets = new TreeMap<>();
    Set<String> unsure = new HashSet<>();
    for (ScrapeJob job : jobs) {
      add(job, job.groups(), targets);
      for (String pattern : job.files()) {
        if (!addFiles(job, pattern, targets)) {
          unsure.add(job.name());
        }
      }
    }
    return new Found(targets, unsure);
  }

  private boolean addFiles(ScrapeJob job, String pattern, Map<String, Target> targets) {
    boolean sure = true;
    try {
      for (Path file : matching(Path.of(pattern))) {
        sure &= addFile(job, file, targets);
      }
      return sure && isFine(pattern);
    } catch (IOException e) {
      return isFaulty(pattern, "cannot be listed: " + e);
    }
  }

  /** A pattern may have {@code *} in its last step, as in Prometheus. */
  private static List<Path> matching(Path pattern) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> matches =
        Files.newDirectoryStream(pattern.getParent(), pattern.getFileName().toString())) {
      matches.forEach(files::add);
    } catch (NoSuchFileException e) {
      return List.of(); // no folder, no file, no target
    }
    files.sort(null);
    return files;
  }

  private boolean addFile(ScrapeJob job, Path file, Map<String, Target> targets) {
    String name = file.toString();
    try {
      if (Files.size(file) > MAX_BYTES) {
        return isFaulty(name, "is larger than 16 MiB");
      }
      List<TargetGroup> groups = YAML.readValue(Files.readAllBytes(file), GROUPS);
      List<String> wrong = new ArrayList<>();
      if (groups == null || groups.contains(null)) {
        return isFaulty(name, "is not a list of targets");
      }
      groups = groups.stream().map(group -> group.of(file)).toList();
      groups.forEach(group -> wrong.addAll(group.faults(job)));
      if (!wrong.isEmpty()) {
        return isFaulty(name, String.join("; ", wrong.subList(0, Math.min(5, wrong.size()))));
      }
      add(job, groups, targets);
      return isFine(name);
    } catch (NoSuchFileException e) {
      return true; // gone between listing and reading
    } catch (JsonProcessingException e) {
      String place = e.getLocation() == null ? "" : "line " + e.getLocation().getLineNr() + ": ";
      return isFaulty(
          name, place + e.getOriginalMessage().lines().findFirst().orElse("not a list of targets"));
    } catch (IOException e) {
      return isFaulty(name, "cannot be read: " + e);
    }
  }

  private static void add(ScrapeJob job, List<TargetGroup> groups, Map<String, Target> targets) {
    for (TargetGroup group : groups) {
      for (String address : group.targets()) {
        Target target = Target.of(job, address, group.labels());
        if (target != null) {
          targets.put(target.id(), target);
        }
      }
    }
  }

  private boolean isFine(String file) {
    if (faults.remove(file) != null) {
      LOG.info("{}: is read again", file);
    }
    return true;
  }

  private boolean isFaulty(String file, String fault) {
    if (!fault.equals(faults.put(file, fault))) {
      LOG.warn("{}: {}; the targets it had are kept", file, fault);
    }
    return false;
  }
}
