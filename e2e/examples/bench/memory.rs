//! The memory of a process, where the system tells.

use std::fs;

use anyhow::Result;

use crate::figures::Sample;

/// Resident memory now and at its highest.
pub(crate) fn of_process(pid: u32) -> Result<Sample> {
    let path = format!("/proc/{pid}/status");
    let status = if cfg!(target_os = "linux") { fs::read_to_string(path)? } else { String::new() };
    Ok(Sample::new([("memory MiB", mib(&status, "VmRSS:")), ("at most MiB", mib(&status, "VmHWM:"))]))
}

fn mib(status: &str, name: &str) -> Option<f64> {
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    let kib: f64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kib / 1024.0)
}
