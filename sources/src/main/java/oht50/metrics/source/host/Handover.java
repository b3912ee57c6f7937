package oht50.metrics.source.host;

import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;

/** A bounded queue between threads that poll and the task, which waits by a future. */
public final class Handover<T> {
  private final int capacity;
  private final ArrayDeque<T> elements = new ArrayDeque<>();
  private CompletableFuture<Void> available = new CompletableFuture<>();

  public Handover(int capacity) {
    this.capacity = capacity;
  }

  /** False when full: the element is not taken. */
  boolean offer(T element) {
    CompletableFuture<Void> completed;
    synchronized (this) {
      if (elements.size() == capacity) {
        return false;
      }
      elements.add(element);
      completed = available;
    }
    completed.complete(null); // outside of the lock: it may run the task's continuation
    return true;
  }

  /** Waits for room. */
  public void put(T element) throws InterruptedException {
    while (!offer(element)) {
      synchronized (this) {
        while (elements.size() == capacity) {
          wait();
        }
      }
    }
  }

  /** The next element, or null. */
  public synchronized T poll() {
    T element = elements.poll();
    notifyAll();
    if (elements.isEmpty() && available.isDone()) {
      available = new CompletableFuture<>();
    }
    return element;
  }

  public synchronized boolean isEmpty() {
    return elements.isEmpty();
  }

  /** Done when there is an element to take. */
  public synchronized CompletableFuture<Void> available() {
    return available;
  }
}
