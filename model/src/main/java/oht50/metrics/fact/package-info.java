/**
 * Of what is told of a robot from several sides, what counts: the registry names one topic for its
 * missions and one for its safety events.
 */
package oht50.metrics.fact;
