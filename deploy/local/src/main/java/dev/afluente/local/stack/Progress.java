package dev.afluente.local.stack;

/** Told what happens while the stack starts and stops; called from several threads. */
public interface Progress {

    /** One line for the user. */
    void say(String line);
}
