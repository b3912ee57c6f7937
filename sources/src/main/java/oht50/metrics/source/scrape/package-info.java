/**
 * What Prometheus exporters say about themselves, scraped by the job itself: targets from a file in
 * Prometheus' own format, read over connections to addresses that were checked.
 */
package oht50.metrics.source.scrape;
