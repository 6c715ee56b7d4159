//! Timers shared by the benches.
