/**
 * Bugs planted into the product's classes while they run. Classes are matched by name, bodies of
 * methods changed in place and changed back; nothing of the product depends on it.
 */
package oht50.metrics.planted;
