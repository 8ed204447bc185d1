// Threads that share one piece of work.
//
// Linux wakes a thread on the processor of whoever wakes it when no other looks idle, and under a
// hypervisor a halted processor does not (kernel/sched: available_idle_cpu asks vcpu_is_preempted). Both
// threads then take turns on one processor for milliseconds, longer than most of our work. Helpers
// are therefore kept off the caller's processor each time that they are woken.

#if defined(__linux__)
#define _GNU_SOURCE
#include "CKernels.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>

enum {
  MOST = 255,    // helpers
  GLANCES = 16000 // before a thread sleeps, some 250 microseconds: recall often follows recall
};

typedef struct {
  pthread_t thread;
  pthread_cond_t call;
  atomic_bool is_called;
  cpu_set_t allowed;
} helper;

static helper helpers[MOST];
static int hired;

/// One piece of work at a time; whoever comes meanwhile does theirs alone.
static atomic_flag is_taken = ATOMIC_FLAG_INIT;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t all_home = PTHREAD_COND_INITIALIZER;
static atomic_int away;

static struct {
  atomic_size_t next;
  size_t parts;
  void (*body)(void *context, size_t part);
  void *context;
} work;

static void take_parts(void) {
  size_t part;
  while ((part = atomic_fetch_add_explicit(&work.next, 1, memory_order_relaxed)) < work.parts)
    work.body(work.context, part);
}

static void pause_briefly(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

static void *help(void *argument) {
  helper *self = argument;
  for (;;) {
    for (int k = 0; k < GLANCES && !self->is_called; k++) pause_briefly();
    pthread_mutex_lock(&lock);
    while (!self->is_called) pthread_cond_wait(&self->call, &lock);
    self->is_called = false;
    away++;
    pthread_mutex_unlock(&lock);
    take_parts();
    pthread_mutex_lock(&lock);
    if (--away == 0) pthread_cond_signal(&all_home);
    pthread_mutex_unlock(&lock);
  }
  return NULL;
}

/// Signals stay with the threads of the program.
static bool hire(void) {
  helper *next = &helpers[hired];
  sigset_t every, before;
  pthread_attr_t attributes;
  if (pthread_attr_init(&attributes)) return false;
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  pthread_cond_init(&next->call, NULL);
  next->is_called = false;
  CPU_ZERO(&next->allowed);
  sigfillset(&every);
  pthread_sigmask(SIG_SETMASK, &every, &before);
  bool is_hired = pthread_create(&next->thread, &attributes, help, next) == 0;
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  pthread_attr_destroy(&attributes);
  hired += is_hired;
  return is_hired;
}

/// Where the caller may run, but not where it does.
static bool elsewhere(cpu_set_t *set) {
  int here = sched_getcpu();
  if (here < 0 || here >= CPU_SETSIZE || sched_getaffinity(0, sizeof *set, set)) return false;
  if (CPU_COUNT(set) > 1) CPU_CLR(here, set);
  return true;
}

void hk_share(size_t parts, size_t threads, void (*body)(void *context, size_t part),
              void *context) {
  size_t wanted = (threads < parts ? threads : parts);
  wanted = wanted > MOST ? MOST : wanted;
  if (wanted < 2 || atomic_flag_test_and_set_explicit(&is_taken, memory_order_acquire)) {
    for (size_t part = 0; part < parts; part++) body(context, part);
    return;
  }
  while (hired < (int)wanted - 1 && hire()) {
  }
  int called = hired < (int)wanted - 1 ? hired : (int)wanted - 1;
  work.parts = parts;
  work.body = body;
  work.context = context;
  atomic_store_explicit(&work.next, 0, memory_order_relaxed);
  cpu_set_t allowed;
  bool is_known = elsewhere(&allowed);
  for (int h = 0; h < called && is_known; h++)
    if (!CPU_EQUAL(&helpers[h].allowed, &allowed)) {
      pthread_setaffinity_np(helpers[h].thread, sizeof allowed, &allowed);
      helpers[h].allowed = allowed;
    }
  pthread_mutex_lock(&lock);
  for (int h = 0; h < called; h++) {
    helpers[h].is_called = true;
    pthread_cond_signal(&helpers[h].call);
  }
  pthread_mutex_unlock(&lock);
  take_parts();
  // A helper that wakes only now finds itself no longer called.
  for (int h = 0; h < called; h++) helpers[h].is_called = false;
  for (int k = 0; k < GLANCES && away > 0; k++) pause_briefly();
  pthread_mutex_lock(&lock);
  while (away > 0) pthread_cond_wait(&all_home, &lock);
  pthread_mutex_unlock(&lock);
  atomic_flag_clear_explicit(&is_taken, memory_order_release);
}
#endif
