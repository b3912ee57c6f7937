package oht50.metrics.job.config;

/**
 * What holds for a key.
 *
 * @param value as it would be written; what may hold a secret is replaced by asterisks
 * @param place where it was written; null for a default
 */
public record EffectiveSetting(String key, String value, Place place) {}
