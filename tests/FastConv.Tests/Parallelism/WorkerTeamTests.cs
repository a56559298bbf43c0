using System.Diagnostics;
using FastConv.Parallelism;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Parallelism;

[Collection(ThreadCases.Collection)]
public sealed class WorkerTeamTests
{
    [Fact]
    public void EveryIndex_IsExecutedExactlyOnce()
    {
        foreach (int threads in (int[])[1, 2, 3, 5, 8, 16])
        {
            foreach (int count in (int[])[0, 1, 2, 3, 7, 8, 9, 64, 1000])
            {
                for (int repetition = 0; repetition < 20; repetition++)
                {
                    var job = new CountingJob(new int[count]);
                    WorkerTeam.Run(ref job, count, threads);

                    Assert.All(job.Executions, times => Assert.Equal(1, times));
                }
            }
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void WorkerNumbers_AreBelowTheLimitAndNeverSharedAtOneTime(int threads)
    {
        var job = new SlotJob(new int[threads], new int[threads]);
        for (int repetition = 0; repetition < 50; repetition++)
        {
            WorkerTeam.Run(ref job, 64, threads); // a number out of range would be an index error
        }

        Assert.Equal(0, job.Collisions.Sum());
    }

    [Fact]
    public void Run_UsesSeveralThreads()
    {
        using var meeting = new Barrier(3);
        var job = new MeetingJob(meeting, new bool[3]);
        WorkerTeam.Run(ref job, 3, 3);

        Assert.All(job.HasMet, Assert.True);
    }

    [Fact]
    public void NestedRun_IsDoneByThePiecesOwnThread()
    {
        var job = new NestingJob(new int[20 * 30], new int[20]);
        WorkerTeam.Run(ref job, 20, 4);

        Assert.All(job.Executions, times => Assert.Equal(1, times));
        Assert.All(job.StrangeThreads, count => Assert.Equal(0, count));
    }

    [Fact]
    public void ConcurrentCallers_AllGetTheirPiecesDone()
    {
        int wrong = 0;
        Thread[] callers = [.. Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            for (int repetition = 0; repetition < 300; repetition++)
            {
                var job = new CountingJob(new int[50]);
                WorkerTeam.Run(ref job, 50, 3);
                if (job.Executions.Any(times => times != 1))
                {
                    Interlocked.Increment(ref wrong);
                }
            }
        }))];
        Array.ForEach(callers, caller => caller.Start());
        Array.ForEach(callers, caller => caller.Join());

        Assert.Equal(0, wrong);
    }

    [Fact]
    public void Exception_ReachesTheCallerAndTheTeamWorksOn()
    {
        foreach (int threads in (int[])[1, 2, 4])
        {
            for (int bad = 0; bad < 40; bad++)
            {
                var failing = new FailingJob(bad);
                var error = Assert.Throws<InvalidDataException>(() =>
                {
                    FailingJob copy = failing;
                    WorkerTeam.Run(ref copy, 40, threads);
                });
                Assert.Equal($"piece {bad}", error.Message);
                Assert.Contains(nameof(FailingJob), error.StackTrace, StringComparison.Ordinal);

                var job = new CountingJob(new int[40]);
                WorkerTeam.Run(ref job, 40, threads);
                Assert.All(job.Executions, times => Assert.Equal(1, times));
            }
        }
    }

    [Fact]
    public void ExceptionsInEveryPiece_AreOneExceptionOfTheCaller()
    {
        var job = new FailingJob(-1);

        Assert.Throws<InvalidDataException>(() => WorkerTeam.Run(ref job, 1000, 4));
    }

    [Fact]
    public void JobOnTheHeap_MayMoveWhileItRuns()
    {
        var holder = new JobHolder { Job = new CollectingJob(new int[64]) };
        for (int repetition = 0; repetition < 5; repetition++)
        {
            WorkerTeam.Run(ref holder.Job, 64, 3);
        }

        Assert.All(holder.Job.Executions, times => Assert.Equal(5, times));
    }

    [Fact]
    public void MoreThreadsThanTheLimit_AreNotStarted()
    {
        int before = Process.GetCurrentProcess().Threads.Count;
        var job = new CountingJob(new int[2000]);
        WorkerTeam.Run(ref job, 2000, 2000);

        Assert.All(job.Executions, times => Assert.Equal(1, times));
        Assert.InRange(Process.GetCurrentProcess().Threads.Count, 1, before + ThreadSettings.Limit + 20);
    }

    [Fact]
    public void ExceptionsOfConcurrentCallers_ReachTheirOwnCaller()
    {
        int wrong = 0;
        Thread[] callers = [.. Enumerable.Range(0, 4).Select(caller => new Thread(() =>
        {
            for (int repetition = 0; repetition < 100; repetition++)
            {
                try
                {
                    var job = new FailingJob(10 * caller + 5);
                    WorkerTeam.Run(ref job, 50, 3);
                    Interlocked.Increment(ref wrong);
                }
                catch (InvalidDataException error) when (error.Message == $"piece {10 * caller + 5}")
                {
                }
            }
        }))];
        Array.ForEach(callers, caller => caller.Start());
        Array.ForEach(callers, caller => caller.Join());

        Assert.Equal(0, wrong);
    }

    [Fact]
    public void WarmRun_AllocatesNothing()
    {
        var executions = new int[100];
        AllocationCases.AssertWarmCallAllocatesNothing(() =>
        {
            var job = new CountingJob(executions);
            WorkerTeam.Run(ref job, 100, 3);
        });
    }

    private readonly struct CountingJob(int[] executions) : IParallelJob
    {
        public int[] Executions => executions;

        public void Execute(int index, int worker) => Interlocked.Increment(ref executions[index]);
    }

    private readonly struct SlotJob(int[] occupied, int[] collisions) : IParallelJob
    {
        public int[] Collisions => collisions;

        public void Execute(int index, int worker)
        {
            if (Interlocked.Exchange(ref occupied[worker], 1) != 0)
            {
                Interlocked.Increment(ref collisions[worker]);
            }

            Thread.SpinWait(50 * (index % 5));
            Interlocked.Exchange(ref occupied[worker], 0);
        }
    }

    private readonly struct MeetingJob(Barrier meeting, bool[] hasMet) : IParallelJob
    {
        public bool[] HasMet => hasMet;

        public void Execute(int index, int worker) => hasMet[index] = meeting.SignalAndWait(TimeSpan.FromSeconds(20));
    }

    private readonly struct NestingJob(int[] executions, int[] strangeThreads) : IParallelJob
    {
        public int[] Executions => executions;

        public int[] StrangeThreads => strangeThreads;

        public void Execute(int index, int worker)
        {
            var inner = new InnerJob(executions, index * 30, Environment.CurrentManagedThreadId, strangeThreads, index);
            WorkerTeam.Run(ref inner, 30, 4);
        }
    }

    private readonly struct InnerJob(int[] executions, int offset, int thread, int[] strangeThreads, int outer) : IParallelJob
    {
        public void Execute(int index, int worker)
        {
            Interlocked.Increment(ref executions[offset + index]);
            if (Environment.CurrentManagedThreadId != thread || worker != 0)
            {
                Interlocked.Increment(ref strangeThreads[outer]);
            }
        }
    }

    private readonly struct FailingJob(int bad) : IParallelJob
    {
        public void Execute(int index, int worker)
        {
            if (bad < 0 || index == bad)
            {
                throw new InvalidDataException($"piece {index}");
            }
        }
    }

    private sealed class JobHolder
    {
        public CollectingJob Job;
    }

    private readonly struct CollectingJob(int[] executions) : IParallelJob
    {
        public int[] Executions => executions;

        public void Execute(int index, int worker)
        {
            Interlocked.Increment(ref executions[index]);
            if (index % 16 == 0)
            {
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
            }
        }
    }
}
