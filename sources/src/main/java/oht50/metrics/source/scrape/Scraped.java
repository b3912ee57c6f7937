package oht50.metrics.source.scrape;

import oht50.metrics.source.Decoded;

/**
 * What comes of a scrape, on its way to the task.
 *
 * @param ended the split that has ended with it, or null
 * @param failure what the job is to fail with, or null: a fault of the scraper, not of the target
 */
record Scraped(Decoded decoded, String ended, Throwable failure) {}
