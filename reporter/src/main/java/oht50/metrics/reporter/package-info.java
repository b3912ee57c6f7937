/**
 * A plugin of Flink's processes that serves the job's exposition page over HTTP, for Prometheus to
 * scrape. It shares no class with the job: the page comes as a gauge made of types of the JDK.
 */
package oht50.metrics.reporter;
