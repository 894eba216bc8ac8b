package dev.afluente.connections.task;

import dev.afluente.connections.provider.ProviderFailure;
import io.smallrye.mutiny.Uni;

/**
 * One kind of work on connections, found by CDI. A task may be done twice, by two instances, when the first fell silent:
 * what it does must be repeatable.
 */
public interface TaskHandler {
    /** The name under which tasks of this kind wait, e.g. {@code CHECK}. Never changes. */
    String kind();

    /** Tells whether all other kinds go first: this one then has a lane of its own and is left alone after a start. */
    default boolean canWait() {
        return false;
    }

    /**
     * Does the task and ends or postpones it through {@link Tasks}, in the transaction of its effect. Runs outside of any
     * transaction; what fails unforeseen is taken again when the claim has run out.
     */
    Uni<Void> handle(Task task);

    /** Takes in that the provider did not do what {@link #handle} asked of it; ends or postpones the task. */
    Uni<Void> refused(Task task, ProviderFailure failure);
}
