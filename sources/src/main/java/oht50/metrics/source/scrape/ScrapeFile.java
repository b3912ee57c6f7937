package oht50.metrics.source.scrape;

import com.fasterxml.jackson.core.type.TypeReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import oht50.metrics.source.InvalidYaml;
import oht50.metrics.source.YamlFile;
import oht50.metrics.source.exposition.ExpositionLimits;
import oht50.metrics.source.relabel.RelabelForm;
import oht50.metrics.source.relabel.Relabeling;
import oht50.metrics.time.Durations;

/**
 * Reads {@code scrape_configs} as Prometheus writes them; a file that is read here, Prometheus
 * reads too. What it knows and this job does not is refused by name, never left out silently. The
 * keys are in docs/scraping.md.
 */
public final class ScrapeFile {
  private static final Duration INTERVAL = Duration.ofMinutes(1); // Prometheus' own defaults
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration REFRESH = Duration.ofSeconds(30);

  /** Keys of Prometheus that mean something this job does not do. */
  private static final Set<String> NOT_SUPPORTED =
      Set.of(
          "alerting",
          "always_scrape_classic_histograms",
          "authorization",
          "basic_auth",
          "bearer_token",
          "bearer_token_file",
          "convert_classic_histograms_to_nhcb",
          "enable_compression",
          "enable_http2",
          "external_labels",
          "fallback_scrape_protocol",
          "follow_redirects",
          "http_headers",
          "keep_dropped_targets",
          "label_name_validation_scheme",
          "metric_name_escaping_scheme",
          "metric_name_validation_scheme",
          "native_histogram_bucket_limit",
          "native_histogram_min_bucket_factor",
          "no_proxy",
          "oauth2",
          "proxy_connect_header",
          "proxy_from_environment",
          "proxy_url",
          "query_log_file",
          "remote_read",
          "remote_write",
          "rule_files",
          "scrape_config_files",
          "scrape_failure_log_file",
          "scrape_native_histograms",
          "scrape_protocols",
          "storage",
          "target_limit",
          "tls_config",
          "track_timestamps_staleness",
          "tracing");

  private record FileForm(GlobalForm global, List<JobForm> scrapeConfigs) {}

  private record GlobalForm(
      String scrapeInterval,
      String scrapeTimeout,
      String evaluationInterval,
      String bodySizeLimit,
      Integer sampleLimit,
      Integer labelLimit,
      Integer labelNameLengthLimit,
      Integer labelValueLengthLimit) {
    private static final GlobalForm NONE =
        new GlobalForm(null, null, null, null, null, null, null, null);
  }

  private record JobForm(
      String jobName,
      String scrapeInterval,
      String scrapeTimeout,
      String metricsPath,
      String scheme,
      Map<String, List<String>> params,
      Boolean honorLabels,
      Boolean honorTimestamps,
      String bodySizeLimit,
      Integer sampleLimit,
      Integer labelLimit,
      Integer labelNameLengthLimit,
      Integer labelValueLengthLimit,
      List<RelabelForm> relabelConfigs,
      List<RelabelForm> metricRelabelConfigs,
      List<TargetGroup> staticConfigs,
      List<FilesForm> fileSdConfigs) {}

  private record FilesForm(List<String> files, String refreshInterval) {}

  private final String source;
  private final Path folder;
  private final List<String> faults = new ArrayList<>();

  private ScrapeFile(String source, Path folder) {
    this.source = source;
    this.folder = folder;
  }

  /**
   * @param source of the text, for messages
   * @param folder that relative names of files in it are relative to
   * @throws InvalidScrapeFile with every fault of the file, an unknown key alone
   */
  public static List<ScrapeJob> parse(String source, Path folder, String yaml)
      throws InvalidScrapeFile {
    FileForm file;
    try {
      file = YamlFile.read(source, yaml, new TypeReference<>() {}, ScrapeFile::notSupported);
    } catch (InvalidYaml e) {
      throw new InvalidScrapeFile(List.of(e.getMessage()));
    }
    if (file == null || file.scrapeConfigs == null || file.scrapeConfigs.contains(null)) {
      throw new InvalidScrapeFile(List.of(source + ": the list 'scrape_configs' is missing"));
    }
    ScrapeFile reading = new ScrapeFile(source, folder);
    List<ScrapeJob> jobs = reading.jobs(file);
    if (!reading.faults.isEmpty()) {
      throw new InvalidScrapeFile(reading.faults);
    }
    return jobs;
  }

  private List<ScrapeJob> jobs(FileForm file) {
    GlobalForm global = file.global == null ? GlobalForm.NONE : file.global;
    Set<String> names = new HashSet<>();
    List<ScrapeJob> jobs = new ArrayList<>();
    for (int i = 0; i < file.scrapeConfigs.size(); i++) {
      JobForm form = file.scrapeConfigs.get(i);
      boolean named = form.jobName != null && !form.jobName.isBlank();
      String place = named ? form.jobName : "scrape_configs[" + i + "]";
      if (!named) {
        fault(place, "'job_name' is missing");
      } else if (!names.add(form.jobName)) {
        fault(place, "the name is taken by another job");
      }
      jobs.add(job(place, form, global));
    }
    return jobs;
  }

  private ScrapeJob job(String name, JobForm form, GlobalForm global) {
    Duration interval =
        duration(
            name, "scrape_interval", either(form.scrapeInterval, global.scrapeInterval), INTERVAL);
    // As in Prometheus: a timeout that nobody has chosen is no fault of a short interval.
    Duration otherwise =
        duration(name, "scrape_timeout", global.scrapeTimeout, shorter(TIMEOUT, interval));
    Duration timeout =
        duration(name, "scrape_timeout", form.scrapeTimeout, shorter(otherwise, interval));
    if (timeout.compareTo(interval) > 0) {
      fault(name, "'scrape_timeout' must not be longer than 'scrape_interval'");
      timeout = interval;
    }
    List<TargetGroup> groups = form.staticConfigs == null ? List.of() : form.staticConfigs;
    if (groups.stream().anyMatch(Objects::isNull)) {
      fault(name, "'static_configs' has an empty group");
      groups = List.of();
    }
    List<String> files = new ArrayList<>();
    Duration refresh = files(name, form.fileSdConfigs, files);
    Relabeling targets = rules(name, "relabel_configs", form.relabelConfigs);
    Relabeling samples = rules(name, "metric_relabel_configs", form.metricRelabelConfigs);
    ScrapeJob job =
        new ScrapeJob(
            name,
            interval,
            timeout,
            form.metricsPath == null ? "/metrics" : form.metricsPath,
            form.scheme == null ? "http" : form.scheme,
            form.params == null ? Map.of() : form.params,
            Boolean.TRUE.equals(form.honorLabels),
            !Boolean.FALSE.equals(form.honorTimestamps),
            limits(name, form, global),
            new ScrapeJob.Rules(targets, samples),
            List.copyOf(groups),
            List.copyOf(files),
            refresh);
    groups.forEach(group -> group.faults(job).forEach(fault -> fault(name, fault)));
    return job;
  }

  private Relabeling rules(String job, String key, List<RelabelForm> forms) {
    int before = faults.size();
    Relabeling rules = Relabeling.of(forms, fault -> fault(job, key + fault));
    return faults.size() == before ? rules : Relabeling.NONE;
  }

  private Duration files(String job, List<FilesForm> forms, List<String> files) {
    Duration refresh = null;
    for (FilesForm form : forms == null ? List.<FilesForm>of() : forms) {
      if (form == null || form.files == null || form.files.isEmpty()) {
        fault(job, "'file_sd_configs' without 'files'");
        continue;
      }
      for (String file : form.files) {
        String lower = file.toLowerCase(Locale.ROOT);
        if (!lower.endsWith(".json") && !lower.endsWith(".yml") && !lower.endsWith(".yaml")) {
          fault(job, "the file '" + file + "' does not end in .json, .yml or .yaml");
        } else {
          files.add(folder.resolve(file).toAbsolutePath().normalize().toString());
        }
      }
      Duration own = duration(job, "refresh_interval", form.refreshInterval, REFRESH);
      refresh = refresh == null ? own : shorter(refresh, own);
    }
    return refresh == null ? REFRESH : refresh;
  }

  private ScrapeLimits limits(String job, JobForm form, GlobalForm global) {
    ScrapeLimits defaults = ScrapeLimits.DEFAULTS;
    return new ScrapeLimits(
        bytes(
            job,
            "body_size_limit",
            either(form.bodySizeLimit, global.bodySizeLimit),
            defaults.bodyBytes()),
        new ExpositionLimits(
            limit(
                job,
                "sample_limit",
                either(form.sampleLimit, global.sampleLimit),
                defaults.text().samples()),
            limit(
                job,
                "label_limit",
                either(form.labelLimit, global.labelLimit),
                defaults.text().labels()),
            limit(
                job,
                "label_name_length_limit",
                either(form.labelNameLengthLimit, global.labelNameLengthLimit),
                defaults.text().nameLength()),
            limit(
                job,
                "label_value_length_limit",
                either(form.labelValueLengthLimit, global.labelValueLengthLimit),
                defaults.text().valueLength())));
  }

  private Duration duration(String job, String key, String text, Duration otherwise) {
    if (text == null) {
      return otherwise;
    }
    try {
      Duration duration = Durations.parse(text);
      if (!duration.isZero()) {
        return duration;
      }
      fault(job, "'" + key + "' must be longer than 0");
    } catch (IllegalArgumentException e) {
      fault(job, "'" + key + "': " + e.getMessage());
    }
    return otherwise;
  }

  /** Prometheus' 0 is no limit; here it is the one that always holds. */
  private int limit(String job, String key, Integer value, int otherwise) {
    if (value != null && value < 0) {
      fault(job, "'" + key + "' must not be below 0");
    }
    return value == null || value <= 0 ? otherwise : value;
  }

  /** {@code 10MB} is 10 MiB, as in Prometheus. */
  private int bytes(String job, String key, String text, int otherwise) {
    if (text == null || text.equals("0")) {
      return otherwise;
    }
    int digits = 0;
    while (digits < text.length() && Character.digit(text.charAt(digits), 10) >= 0) {
      digits++;
    }
    int shift =
        switch (text.substring(digits)) {
          case "B" -> 0;
          case "KB", "KiB" -> 10;
          case "MB", "MiB" -> 20;
          case "GB", "GiB" -> 30;
          default -> -1;
        };
    if (digits > 0 && digits < 10 && shift >= 0) {
      long bytes = Long.parseLong(text.substring(0, digits)) << shift;
      if (bytes > 0 && bytes <= 1 << 30) {
        return (int) bytes;
      }
    }
    fault(
        job, "'" + key + "': '" + text + "' is not a size up to 1GB; write it like 512KB or 10MB");
    return otherwise;
  }

  private void fault(String job, String fault) {
    faults.add(source + ": " + job + ": " + fault);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static <T> T either(T first, T second) {
    return first == null ? second : first;
  }

  private static String notSupported(String key) {
    return NOT_SUPPORTED.contains(key) || key.endsWith("_sd_configs")
        ? "'" + key + "' is a key of Prometheus that is not supported here; remove it"
        : null;
  }
}
