//! The program's memory: an allocator that gives back at once what is no longer used.

#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// `mi_option_purge_delay` of mimalloc 2: milliseconds until freed pages go back to the system.
const PURGE_DELAY: libmimalloc_sys::mi_option_t = 15;

/// Makes what is freed go back to the system at once. Without it what one password's hash took (19 MB) stays with the
/// program until somebody asks for memory again. Call it first in `main`, before there are threads.
pub fn give_back_at_once() {
    // SAFETY: sets a number in the allocator's table of options; no other thread is there that could read it.
    unsafe { libmimalloc_sys::mi_option_set(PURGE_DELAY, 0) };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_option_is_the_one_that_is_meant() {
        // SAFETY: reads a number.
        let usual = unsafe { libmimalloc_sys::mi_option_get(PURGE_DELAY) };
        assert_eq!(usual, 10, "mimalloc 2 purges after 10 ms");
        give_back_at_once();
        // SAFETY: reads a number.
        assert_eq!(unsafe { libmimalloc_sys::mi_option_get(PURGE_DELAY) }, 0);
    }
}
