package oht50.metrics.job;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.stream.Stream;

/** Dependencies point one way, and the folders show which. */
@AnalyzeClasses(packages = "oht50.metrics", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String[] MODEL = {
    "oht50.metrics.model..",
    "oht50.metrics.series..",
    "oht50.metrics.budget..",
    "oht50.metrics.count..",
    "oht50.metrics.exposition..",
    "oht50.metrics.fact..",
    "oht50.metrics.level..",
    "oht50.metrics.mission..",
    "oht50.metrics.vda..",
    "oht50.metrics.regex..",
    "oht50.metrics.time..",
    "oht50.metrics.wire.."
  };
  private static final String TYPE_INFO = "oht50.metrics.typeinfo..";
  private static final String[] RULES = {
    "oht50.metrics.alerting..",
    "oht50.metrics.promql..",
    "oht50.metrics.publication..",
    "oht50.metrics.rule..",
    "oht50.metrics.rulecheck..",
    "oht50.metrics.ruleeval..",
    "oht50.metrics.ruleexplain..",
    "oht50.metrics.rulefile..",
    "oht50.metrics.ruleplan..",
    "oht50.metrics.ruleset..",
    "oht50.metrics.ruletest..",
    "oht50.metrics.template..",
    "oht50.metrics.yaml.."
  };
  private static final String SOURCES = "oht50.metrics.source..";
  private static final String SINKS = "oht50.metrics.sink..";
  private static final String JOBS = "oht50.metrics.job..";
  private static final String FLINK = "org.apache.flink..";

  private static String[] and(String[] packages, String... more) {
    return Stream.concat(Stream.of(packages), Stream.of(more)).toArray(String[]::new);
  }

  @ArchTest
  static final ArchRule theModelKnowsNothingButItself =
      noClasses()
          .that(resideInAnyPackage(MODEL))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(and(RULES, FLINK, TYPE_INFO, SOURCES, SINKS, JOBS));

  @ArchTest
  static final ArchRule rulesKnowTheModelOnly =
      noClasses()
          .that(resideInAnyPackage(RULES))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(FLINK, TYPE_INFO, SOURCES, SINKS, JOBS);

  @ArchTest
  static final ArchRule sourcesSeeNeitherSinksNorRulesNorJobs =
      noClasses()
          .that(resideInAPackage(SOURCES))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(and(RULES, SINKS, JOBS));

  @ArchTest
  static final ArchRule sinksSeeNeitherSourcesNorRulesNorJobs =
      noClasses()
          .that(resideInAPackage(SINKS))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(and(RULES, SOURCES, JOBS));

  /** A pattern may take exponential time over what others wrote; a new use needs a look. */
  @ArchTest
  static final ArchRule regularExpressionsStayWhereTheyAre =
      noClasses()
          .that(resideInAnyPackage(MODEL).or(resideInAnyPackage(and(RULES, JOBS))))
          .and()
          .doNotHaveFullyQualifiedName("oht50.metrics.time.Durations")
          .and()
          .doNotHaveFullyQualifiedName("oht50.metrics.rule.Placeholders")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.util.regex..");

  /**
   * One class may: when Flink's command line cannot submit the job it says so in a line and ends.
   */
  @ArchTest
  static final ArchRule nobodyPrintsToTheStandardStreams =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("oht50.metrics.job.StartRefused")
          .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS);

  @ArchTest
  static final ArchRule nobodyPrintsAStackTrace =
      noClasses().should().callMethod(Throwable.class, "printStackTrace");
}
