package org.sandbar.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * SIGINT and SIGTERM end reading; what was read is still written with the summary, and the exit code is that of a run that is done.
 * While it is open the JVM's shutdown waits for the run.
 */
final class StopSignals implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 30;

    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook;
    private volatile int code = ExitCode.DONE;

    private StopSignals(Runnable stop) {
        hook = new Thread(() -> end(stop), "sandbar-stop");
    }

    /** From now on a signal does this, on a thread of its own. */
    static StopSignals heed(Runnable stop) {
        StopSignals signals = new StopSignals(stop);
        Runtime.getRuntime().addShutdownHook(signals.hook);
        return signals;
    }

    private void end(Runnable stop) {
        stop.run();
        try {
            if (finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                Runtime.getRuntime().halt(code);
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    /** The code that the process ends with where a signal has come; returned for where none has. */
    int endWith(int exitCode) {
        code = exitCode;
        return exitCode;
    }

    @Override
    public void close() {
        finished.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException stopping) {
            // A signal came: the hook itself ends the process.
        }
    }
}
