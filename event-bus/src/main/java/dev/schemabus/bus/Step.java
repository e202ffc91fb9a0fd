package dev.schemabus.bus;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Internal: what a lane does after one turn of a record. */
sealed interface Step {

    /** The record is finished: on to the next one. */
    Step NEXT = new Next();

    /** The subscription ends before the record is finished: nothing behind it may overtake it. */
    Step ABANDON = new Abandon();

    /** The record keeps its place and gets another turn later. */
    record Again(Duration after) implements Step {}

    /** The record keeps its place and gets another turn when something else has happened, well or not. */
    record Until(CompletionStage<?> event) implements Step {}

    /** See {@link #NEXT}. */
    record Next() implements Step {}

    /** See {@link #ABANDON}. */
    record Abandon() implements Step {}
}
