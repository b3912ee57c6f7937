/**
 * What all simulations have in common: ranges of seeds and the ledger of them, what is counted, how
 * a life that fails is made small, and what readers know of alerts.
 */
package oht50.metrics.simulation.life;
