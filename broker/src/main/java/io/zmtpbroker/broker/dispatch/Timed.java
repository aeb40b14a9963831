package io.zmtpbroker.broker.dispatch;

/** What can be put into a {@link DeadlineHeap}, into one at a time. */
abstract class Timed {

    static final int NOT_IN_HEAP = -1;

    /** Where it is in the heap's arrays. */
    int heapIndex = NOT_IN_HEAP;

    /** When it entered the heap, to tell equal deadlines apart. */
    long heapEntry;
}
