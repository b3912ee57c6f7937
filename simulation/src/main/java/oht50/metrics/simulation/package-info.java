/**
 * Lives of the operators in virtual time, each a pure function of its seed: disorder, repeats,
 * restarts, crashes. What they publish goes to a model of the tables and is compared, bit for bit,
 * with an oracle that sorts and folds.
 *
 * <p>{@link oht50.metrics.simulation.Simulation} runs one, {@link
 * oht50.metrics.simulation.SimulationMain} a range of seeds.
 */
package oht50.metrics.simulation;
